package dev.hognose.diagnosis;

import dev.hognose.alert.Wording;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/** Signs from counters that must not grow, or not so fast. */
final class Counting {

  private Counting() {}

  /**
   * One sign a site whose counter has grown by what the policy tolerates, or more.
   *
   * @param what which counters, by their names
   * @param happened how it is told after a number, in the plural
   */
  static List<Sign> signs(
      History history,
      Predicate<String> what,
      CountPolicy policy,
      Function<Count, String> happened) {
    List<Count> grown = Count.grown(history.lastAsOne(policy.windows()), what);
    return grown.isEmpty()
        ? List.of()
        : grown.stream()
            .filter(count -> count.growth() >= policy.least())
            .map(count -> sign(count, happened.apply(count), policy))
            .toList();
  }

  private static Sign sign(Count count, String happened, CountPolicy policy) {
    Duration over = Duration.ofMillis(Math.round(1000 * count.span().seconds()));
    String phrase =
        Words.number(count.growth())
            + " "
            + happened
            + " within "
            + Wording.time(over)
            + where(count.site());
    return Sign.of(
            count.site().culprit(),
            phrase,
            count.growth() / policy.least(),
            List.of(
                Words.count("count", count.growth()),
                Words.perSecond("rate", count.growth() / count.span().seconds())))
        .at(count.site().place());
  }

  /** What has no site is told without one. */
  static String where(Site site) {
    String place = site.place().map(Wording::place).orElse(site.text());
    return place.isEmpty() ? "" : ", in " + place;
  }
}
