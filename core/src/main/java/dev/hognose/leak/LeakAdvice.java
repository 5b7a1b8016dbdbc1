package dev.hognose.leak;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Retention;
import java.util.List;
import java.util.Locale;

/** What to do about a leak, by what is known of it. */
final class LeakAdvice {

  private LeakAdvice() {}

  static String on(Growth growth, List<GrowingSite> sites, LeakEvidence evidence) {
    return (sites.isEmpty() ? unnamed(growth.where(), evidence) : named(growth, sites.get(0)))
        + held(evidence.retention());
  }

  private static String named(Growth growth, GrowingSite fastest) {
    return String.format(
        Locale.ROOT,
        "Look at what keeps the objects alive that are allocated in %s: %s survives there, %.0f %%"
            + " of the growth, seen in %d traced windows.",
        Wording.place(fastest.culprit()),
        fastest.rate(),
        100 * fastest.shareOf(growth.slope()),
        fastest.windows());
  }

  /** A site that one window saw is no evidence. */
  private static String unnamed(Trend.Where where, LeakEvidence evidence) {
    if (where == Trend.Where.FRAGMENTATION) {
      return "Nobody holds this memory: the C library keeps it between what is in use. Try"
          + " MALLOC_ARENA_MAX=2 with many threads, MALLOC_TRIM_THRESHOLD_=131072 or jemalloc, and"
          + " look at what is allocated in between and lives long.";
    }
    if (where == Trend.Where.NATIVE) {
      return "Tracing does not see native memory: look at C extensions, at large buffers, and with"
          + " many threads try MALLOC_ARENA_MAX=2.";
    }
    return evidence.windows().isEmpty()
        ? "Nothing was traced yet: with HOGNOSE_TRACING=adaptive the agent traces allocations while"
            + " memory grows, and the sites will be here. Where tracing_budget tells that windows were"
            + " thrown away, raise HOGNOSE_PAUSE_BUDGET."
        : "No site has grown in two traced windows yet: wait for the next, or with"
            + " HOGNOSE_TRACING=adaptive let the agent trace while memory grows.";
  }

  private static String held(List<Retention> retention) {
    return retention.stream().findFirst().map(LeakAdvice::held).orElse("");
  }

  private static String held(Retention fastest) {
    return fastest.kind() == Retention.Kind.TYPE
        ? String.format(
            Locale.ROOT,
            " Of %s there are %,.0f more an hour, %,d in all.",
            fastest.name(),
            fastest.growthPerHour(),
            fastest.entries())
        : String.format(
            Locale.ROOT,
            " %s holds %,d entries and grows by %,.0f an hour; where it has an alert of its"
                + " own, that is the same growth, counted in entries.",
            fastest.name(),
            fastest.entries(),
            fastest.growthPerHour());
  }
}
