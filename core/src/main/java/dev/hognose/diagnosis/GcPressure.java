package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;

/** Garbage collection takes a noticeable share of the time. */
record GcPressure(SharePolicy policy) implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.GC_PRESSURE;
  }

  @Override
  public List<Sign> signs(History history) {
    boolean isHigh =
        history.always(policy.windows(), span -> span.rate(Figure.GC_SECONDS) >= policy.limit());
    return isHigh ? List.of(sign(history.lastAsOne(policy.windows()))) : List.of();
  }

  private Sign sign(Span span) {
    double share = span.rate(Figure.GC_SECONDS);
    double full = span.grown(Figure.FULL_COLLECTIONS);
    return Sign.of(
        "",
        "garbage collection takes " + Words.percent(share) + " of the time",
        share / policy.limit(),
        List.of(
            Words.ratio("paused", share),
            Words.count("full_collections", Double.isNaN(full) ? 0 : full)));
  }
}
