package dev.hognose.app.demo;

import dev.hognose.leak.Trend;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Optional;

/** A process as a line of the live table shows it. */
final class ProcessView {

  /** Rates are over the samples of this time. */
  private static final Duration WINDOW = Duration.ofSeconds(5);

  private static final double MS_PER_SECOND = 1000;

  private final ProcessId process;
  private final Deque<Sample> recent = new ArrayDeque<>();
  private Optional<Trend> trend = Optional.empty();

  ProcessView(ProcessId process) {
    this.process = process;
  }

  void add(Sample sample) {
    recent.add(sample);
    while (recent.getFirst().at().isBefore(sample.at().minus(WINDOW))) {
      recent.removeFirst();
    }
  }

  /** Whether the verdict is another than before. */
  boolean judge(Trend judged) {
    boolean changed = trend.map(Trend::verdict).stream().noneMatch(judged.verdict()::equals);
    trend = Optional.of(judged);
    return changed;
  }

  ProcessId process() {
    return process;
  }

  String memory() {
    return recent.isEmpty() ? "" : recent.getLast().memory().rss().toString();
  }

  String verdict() {
    return trend.map(judged -> Words.of(judged.verdict())).orElse("");
  }

  /** Of one core, in percent. */
  String cpu() {
    if (recent.size() < 2) {
      return "";
    }
    Sample first = recent.getFirst();
    Sample last = recent.getLast();
    Duration used = last.cpu().total().minus(first.cpu().total());
    Duration passed = Duration.between(first.at(), last.at());
    return passed.isZero()
        ? ""
        : String.format(Locale.ROOT, "%.0f %%", 100.0 * used.toNanos() / passed.toNanos());
  }

  /** The bound that 99 of 100 callbacks of the loop that has it worst keep to. */
  String lag() {
    if (recent.size() < 2) {
      return "";
    }
    return recent.getLast().loops().stream()
        .map(loop -> loop.lag().since(earlier(loop)))
        .map(lag -> lag.quantileBound(0.99))
        .max(Double::compare)
        .map(ProcessView::atMost)
        .orElse("no loop");
  }

  private Histogram earlier(EventLoop loop) {
    return recent.getFirst().loops().stream()
        .filter(other -> other.name().equals(loop.name()))
        .map(EventLoop::lag)
        .findFirst()
        .orElse(Histogram.EMPTY);
  }

  private static String atMost(double bound) {
    if (Double.isInfinite(bound)) {
      return "> 10 s";
    }
    boolean seconds = bound >= 1;
    double shown = seconds ? bound : bound * MS_PER_SECOND;
    String digits = shown == Math.rint(shown) ? "%.0f" : "%.1f";
    return "≤ " + String.format(Locale.ROOT, digits, shown) + (seconds ? " s" : " ms");
  }
}
