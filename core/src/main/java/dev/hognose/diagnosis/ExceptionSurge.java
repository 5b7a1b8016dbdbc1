package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.List;

/**
 * Many more exceptions of a type at a site than this process is used to. Those that say that the
 * code is wrong are {@link UnexpectedError}'s.
 */
record ExceptionSurge(SurgePolicy policy) implements Diagnosis {

  static boolean isOne(String counter) {
    return counter.startsWith("exception/") && !UnexpectedError.isOne(counter);
  }

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.EXCEPTION_SURGE;
  }

  @Override
  public List<Sign> signs(History history) {
    if (history.readings().size() <= policy.pastWindows() + policy.windows()) {
      return List.of();
    }
    return Count.grown(history.lastAsOne(policy.windows()), ExceptionSurge::isOne).stream()
        .filter(count -> count.growth() >= policy.least() && rise(history, count) >= policy.times())
        .map(count -> sign(history, count))
        .toList();
  }

  private static double rise(History history, Count count) {
    double usual = history.usual(count.name());
    return usual > 0 ? count.rate() / usual : Double.POSITIVE_INFINITY;
  }

  private Sign sign(History history, Count count) {
    double usual = history.usual(count.name());
    String phrase =
        Words.number(count.rate())
            + " "
            + count.type()
            + " a second, usually "
            + Words.number(usual)
            + Counting.where(count.site());
    return Sign.of(
            count.type() + " in " + count.site().culprit(),
            phrase,
            Math.min(rise(history, count) / policy.times(), count.growth() / policy.least()),
            List.of(
                Words.perSecond("rate", count.rate()),
                Words.perSecond("usual_rate", usual),
                Words.count("count", count.growth())))
        .at(count.site().place());
  }
}
