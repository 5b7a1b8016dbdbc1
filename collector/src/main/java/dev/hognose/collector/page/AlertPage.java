package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Trend;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One alert with everything that it rests on.
 *
 * @param chart of the process that it is about; none when it is about the service
 * @param flames where the tree of its stacks is
 * @param replay the command that judges its time again, empty on a page of the past
 * @param dashboard where Grafana shows its figures, empty where there is none
 */
record AlertPage(
    AlertView alert,
    Optional<ChartView> chart,
    String flames,
    List<StackView> stacks,
    List<SiteView> sites,
    List<RetentionView> retention,
    String replay,
    String dashboard) {

  private static final Duration BEFORE = Duration.ofMinutes(30);
  private static final Duration AFTER = Duration.ofMinutes(5);

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

  /** Of an alert; the trend is that of its process, where it still lives. */
  static AlertPage of(Alert alert, Optional<Trend> trend, Instant now, Onward onward) {
    return new AlertPage(
        AlertView.of(alert, now),
        alert.process().map(id -> ChartView.memory(Address.history(id, around(alert)), trend)),
        Address.stacks(alert.id()),
        stacks(alert),
        sites(alert),
        retention(alert),
        replay(alert, now, onward.bootstrapServers()),
        onward.grafana().dashboard(alert));
  }

  /**
   * Of an alert of the past, whose process is drawn elsewhere, and which leads nowhere.
   *
   * @param flames under which name its stacks are kept
   */
  static AlertPage past(Alert alert, String flames) {
    return new AlertPage(
        AlertView.past(alert),
        Optional.empty(),
        flames,
        stacks(alert),
        sites(alert),
        retention(alert),
        "",
        "");
  }

  private static List<StackView> stacks(Alert alert) {
    return alert.stacks().stream()
        .map(
            stack ->
                new StackView(
                    "seen " + stack.count() + " times, thread " + thread(stack.thread()),
                    lines(stack.frames())))
        .toList();
  }

  private static List<SiteView> sites(Alert alert) {
    return alert.sites().stream()
        .map(
            site ->
                new SiteView(
                    site.bytes().toString(), Long.toString(site.blocks()), lines(site.frames())))
        .toList();
  }

  private static List<RetentionView> retention(Alert alert) {
    return alert.retention().stream().map(AlertPage::view).toList();
  }

  /** From a while before it fired until now, or until it was over. */
  private static Window around(Alert alert) {
    Instant start =
        alert.process().map(ProcessId::startedAt).orElse(alert.firedAt()).isAfter(beginning(alert))
            ? alert.process().map(ProcessId::startedAt).orElse(alert.firedAt())
            : beginning(alert);
    return new Window(
        start.toString(), alert.resolvedAt().map(at -> at.plus(AFTER).toString()).orElse("now"));
  }

  private static Instant beginning(Alert alert) {
    return alert.firedAt().minus(BEFORE);
  }

  private static String replay(Alert alert, Instant now, String bootstrapServers) {
    String command =
        "hognose replay --service %s --from %s --to %s"
            .formatted(quoted(alert.service()), beginning(alert), end(alert, now));
    return bootstrapServers.isEmpty()
        ? command
        : command + " --bootstrap-servers " + quoted(bootstrapServers);
  }

  /** A while after it was told last; a replay takes no time that has not passed. */
  private static String end(Alert alert, Instant now) {
    Instant end = alert.resolvedAt().orElse(alert.updatedAt()).plus(AFTER);
    return end.isAfter(now) ? "now" : end.toString();
  }

  /** For a shell. */
  private static String quoted(String text) {
    return "'" + text.replace("'", "'\\''") + "'";
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
