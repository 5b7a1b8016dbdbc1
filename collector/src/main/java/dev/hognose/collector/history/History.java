package dev.hognose.collector.history;

import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * How a process fared over a window, in at most so many points that a chart can hold them.
 *
 * @param points by time
 * @param whole whether every sample of the window was read
 */
public record History(List<Point> points, boolean whole) {

  private static final double QUANTILE = 0.99;
  private static final double HIGHEST_BOUND = Histogram.bounds()[Histogram.bounds().length - 1];

  public History {
    points = List.copyOf(points);
  }

  /**
   * Thins samples out.
   *
   * @param samples of one process, by sequence
   * @param most points, at least 1
   */
  public static History of(List<Sample> samples, int most) {
    int step = Math.max(1, (samples.size() + most - 1) / most);
    List<Point> points = new ArrayList<>();
    for (int end = samples.size(); end > 0; end -= step) {
      points.add(0, point(samples, Math.max(0, end - step), end));
    }
    return new History(points, true);
  }

  /** The same, when not all of the window could be read. */
  History cutShort() {
    return new History(points, false);
  }

  /** Of the samples from {@code start} to before {@code end}, against the one before them. */
  private static Point point(List<Sample> samples, int start, int end) {
    Sample last = samples.get(end - 1);
    Sample lowest = last;
    for (Sample sample : samples.subList(start, end)) {
      if (sample.memory().rss().compareTo(lowest.memory().rss()) < 0) {
        lowest = sample;
      }
    }
    Step step = new Step(samples.get(Math.max(0, start - 1)), last);
    return new Point(
        last.at(),
        lowest.memory().rss(),
        last.container().memoryLimit(),
        last.memory().allocatedBlocks(),
        step.ratio(step.last.cpu().total().minus(step.first.cpu().total())),
        step.lag(),
        step.ratio(blocked(step.last).minus(blocked(step.first))),
        step.ratio(step.last.gilWait().since(step.first.gilWait()).sumSeconds()),
        step.ratio(step.last.gc().pause().since(step.first.gc().pause()).sumSeconds()),
        last.kernel().threads(),
        last.kernel().openFds(),
        last.loops().stream().mapToInt(EventLoop::tasks).sum());
  }

  private static Duration blocked(Sample sample) {
    return sample.loops().stream().map(EventLoop::blocked).reduce(Duration.ZERO, Duration::plus);
  }

  /** Two samples, the first of which may be the last, too. */
  private record Step(Sample first, Sample last) {

    private static final double NANOS = 1e9;

    OptionalDouble ratio(Duration spent) {
      return ratio(spent.toNanos() / NANOS);
    }

    OptionalDouble ratio(double spentSeconds) {
      double passed = Duration.between(first.at(), last.at()).toNanos() / NANOS;
      return passed > 0
          ? OptionalDouble.of(Math.max(0, spentSeconds / passed))
          : OptionalDouble.empty();
    }

    /** Against nothing it would be that of all the time since the process started. */
    OptionalDouble lag() {
      OptionalDouble worst = OptionalDouble.empty();
      if (first.sequence() == last.sequence()) {
        return worst;
      }
      for (EventLoop loop : last.loops()) {
        Histogram before =
            first.loops().stream()
                .filter(same -> same.name().equals(loop.name()))
                .findFirst()
                .map(EventLoop::lag)
                .orElse(Histogram.EMPTY);
        Histogram lag = loop.lag().since(before);
        if (lag.count() > 0) {
          double bound = Math.min(HIGHEST_BOUND, lag.quantileBound(QUANTILE));
          worst = OptionalDouble.of(Math.max(worst.orElse(0), bound));
        }
      }
      return worst;
    }
  }
}
