package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** One alert with everything that it rests on. */
record AlertPage(
    AlertView alert, List<StackView> stacks, List<SiteView> sites, List<RetentionView> retention) {

  /**
   * A call stack.
   *
   * @param frames innermost last
   */
  record StackView(String heading, List<String> frames) {}

  /** Memory that survived, and where it was allocated, innermost last. */
  record SiteView(String memory, String blocks, List<String> frames) {}

  /** A container that keeps growing objects alive. */
  record RetentionView(String name, String kind, String entries, String growth) {}

  static AlertPage of(Alert alert, Instant now) {
    return new AlertPage(
        AlertView.of(alert, now),
        alert.stacks().stream()
            .map(
                stack ->
                    new StackView(
                        "seen " + stack.count() + " times, thread " + thread(stack.thread()),
                        lines(stack.frames())))
            .toList(),
        alert.sites().stream()
            .map(
                site ->
                    new SiteView(
                        site.bytes().toString(),
                        Long.toString(site.blocks()),
                        lines(site.frames())))
            .toList(),
        alert.retention().stream().map(AlertPage::view).toList());
  }

  private static String thread(String name) {
    return name.isEmpty() ? "of the loop" : name;
  }

  private static List<String> lines(List<Frame> frames) {
    return frames.stream().map(Frame::toString).toList();
  }

  private static RetentionView view(Retention retention) {
    return new RetentionView(
        retention.name(),
        Wording.choice(retention.kind()),
        Long.toString(retention.entries()),
        String.format(Locale.ROOT, "%.0f / h", retention.growthPerHour()));
  }
}
