package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;
import java.util.stream.Stream;

/** The agent could not deliver what it had read. */
record SamplesDropped(CountPolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.SAMPLES_DROPPED;
  }

  @Override
  public List<Sign> signs(History history) {
    Span span = history.lastAsOne(policy.windows());
    return history.names(Group.DROPPED).stream().flatMap(name -> sign(span, name)).toList();
  }

  private Stream<Sign> sign(Span span, Name name) {
    double grown = span.grown(name);
    if (!(grown >= policy.least())) {
      return Stream.of();
    }
    return Stream.of(
        Sign.of(
            name.text(),
            "the agent dropped " + Words.number(grown) + " records: " + name.text(),
            grown / policy.least(),
            List.of(Words.count("dropped", grown))));
  }
}
