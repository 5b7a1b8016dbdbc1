package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;
import java.util.stream.Stream;

/** Objects that refer to each other in a circle, so that only the collector can free them. */
record ReferenceCycles(CyclesPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.REFERENCE_CYCLES;
  }

  @Override
  public List<Sign> signs(History history) {
    Span span = history.lastMeasured(policy.windows());
    return Stream.concat(freed(span), kept(history)).limit(1).toList();
  }

  private Stream<Sign> freed(Span span) {
    double collections = span.grown(Figure.FULL_COLLECTIONS);
    double each = span.grown(Figure.FULL_COLLECTED) / collections;
    if (!(collections >= policy.collections()) || !(each >= policy.objects())) {
      return Stream.of();
    }
    return Stream.of(
        Sign.of(
            "",
            "a full collection frees " + Words.number(each) + " objects that refer to each other",
            each / policy.objects(),
            List.of(
                Words.count("freed_a_collection", each),
                Words.count("full_collections", collections))));
  }

  /** What the collector could not free, or keeps for somebody to look at. */
  private Stream<Sign> kept(History history) {
    Span span = history.lastMeasured(policy.windows());
    double uncollectable = span.grown(Figure.UNCOLLECTABLE);
    double garbage = span.to().figure(Figure.GARBAGE) - span.from().figure(Figure.GARBAGE);
    double more = Math.max(orNone(uncollectable), orNone(garbage));
    if (more < policy.kept()) {
      return Stream.of();
    }
    return Stream.of(
        Sign.of(
            "",
            Words.number(more) + " more objects that the collector cannot free",
            more / policy.kept(),
            List.of(
                Words.count("uncollectable", orNone(uncollectable)),
                Words.count("garbage", history.newest().figure(Figure.GARBAGE)))));
  }

  private static double orNone(double value) {
    return Double.isNaN(value) ? 0 : value;
  }
}
