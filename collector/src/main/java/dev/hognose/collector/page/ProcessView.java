package dev.hognose.collector.page;

import dev.hognose.alert.Evidence;
import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.leak.Trend;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Sample;
import java.util.List;

/**
 * A live process in the words of the page.
 *
 * @param verdict for the style, one word
 * @param lag how late its loops ran in the last minute, the worst of them
 */
record ProcessView(
    String address,
    String host,
    String pid,
    String version,
    String memory,
    String limit,
    String verdict,
    String trend,
    String cpu,
    String lag,
    String tasks) {

  private static final double QUANTILE = 0.99;
  private static final double HIGHEST_BOUND = Histogram.bounds()[Histogram.bounds().length - 1];

  static ProcessView of(ProcessState state) {
    Sample sample = state.latest();
    List<EventLoop> loops = List.copyOf(state.loops());
    return new ProcessView(
        Address.process(state.id()),
        state.id().host(),
        Long.toString(state.id().pid()),
        sample.version().isEmpty() ? Wording.UNKNOWN : sample.version(),
        sample.memory().rss().toString(),
        sample.container().memoryLimit().map(Object::toString).orElse(Wording.UNKNOWN),
        state.trend().map(trend -> Wording.choice(trend.verdict())).orElse("unknown"),
        state.trend().map(ProcessView::trend).orElse(Wording.UNKNOWN),
        cpu(state),
        lag(state, loops),
        loops.isEmpty()
            ? Wording.UNKNOWN
            : Integer.toString(loops.stream().mapToInt(EventLoop::tasks).sum()));
  }

  private static String trend(Trend trend) {
    String verdict = Wording.choice(trend.verdict());
    return switch (trend.verdict()) {
      case GROWING, SUSPECT, LEAKING ->
          verdict
              + ", "
              + trend.slope()
              + (trend.hoursToLimit().isPresent()
                  ? ", limit in "
                      + new Evidence("", trend.hoursToLimit().getAsDouble(), "hours").figure()
                  : "");
      case WARMING, UNKNOWN -> trend.reason().isEmpty() ? verdict : verdict + ": " + trend.reason();
      case STEADY, CLEARED -> verdict;
    };
  }

  private static String cpu(ProcessState state) {
    return state.lastMinute().cpuCores().isPresent()
        ? Wording.cores(state.lastMinute().cpuCores().getAsDouble())
        : Wording.UNKNOWN;
  }

  private static String lag(ProcessState state, List<EventLoop> loops) {
    double worst = -1;
    for (EventLoop loop : loops) {
      Histogram lag = state.lastMinute().lag(loop.name());
      if (lag.count() > 0) {
        worst = Math.max(worst, lag.quantileBound(QUANTILE));
      }
    }
    return worst < 0 ? Wording.UNKNOWN : Wording.atMost(worst, HIGHEST_BOUND);
  }
}
