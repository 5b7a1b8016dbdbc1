package dev.hognose.leak;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Retention;
import java.util.List;
import java.util.Locale;

/** What to do about a leak, by what is known of it. */
final class LeakAdvice {

  private LeakAdvice() {}

  static String on(Trend.Where where, List<GrowingSite> sites, LeakEvidence evidence) {
    String held = held(evidence.retention());
    if (!sites.isEmpty()) {
      GrowingSite strongest = sites.get(0);
      String seen = strongest.isSeveral() ? "" : " (seen in one window only so far)";
      return "Look at what keeps the objects alive that are allocated in "
          + Wording.place(strongest.culprit())
          + seen
          + "."
          + held;
    }
    return where == Trend.Where.NATIVE || where == Trend.Where.FRAGMENTATION
        ? "Tracing does not see native memory: look at C extensions, at large buffers, and with"
            + " many threads try MALLOC_ARENA_MAX=2."
            + held
        : "Nothing was traced yet: with HOGNOSE_TRACING=adaptive the agent traces allocations while"
            + " memory grows, and the sites will be here."
            + held;
  }

  private static String held(List<Retention> retention) {
    return retention.stream()
        .findFirst()
        .map(
            holder ->
                String.format(
                    Locale.ROOT,
                    " %s holds %,d entries and grows by %,.0f an hour.",
                    holder.name(),
                    holder.entries(),
                    holder.growthPerHour()))
        .orElse("");
  }
}
