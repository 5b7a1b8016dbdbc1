package dev.hognose.app;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.LoggingEvent;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.capture.CaptureWindow;
import dev.hognose.wire.capture.CaptureWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.event.Level;

/**
 * What a process may call itself and its code, and what of it reaches a terminal, a file, a log.
 */
class HostileNamesTest {

  private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  /** All that a terminal obeys, and what turns the direction of writing. */
  private static final Pattern OBEYED = Pattern.compile("[\\p{Cc}\\p{Cf}\u2028\u2029&&[^\n]]");

  private static final Pattern LOG_PATTERN = Pattern.compile("<pattern>(.*)</pattern>");

  @TempDir private Path folder;

  static List<String> attacks() {
    return List.of(
        "\u001b]0;owned\u0007",
        "\u001b[2J\u001b[31mred",
        "\u009b31mred",
        "\u202egnp.exe",
        "a\rb\nfiring  memory_leak",
        "line\u2028separator",
        "zero\u200bwidth\ufeff",
        "nul\u0000",
        "tab\tand\u007fdelete\b\b",
        "<script>alert(1)</script>",
        "'\"><img src=x onerror=alert(1)>",
        "--></style></script><svg onload=alert(1)>",
        "javascript:alert(1)",
        "{{7*7}}${7*7}#{7*7}",
        "${jndi:ldap://example.org/x}",
        "%n%s%x%1$s",
        "{} {}",
        "../../../../etc/passwd",
        "=cmd|' /C calc'!A0",
        "`id` $(id) ; id",
        "service=\"x\"} 1\nhognose_up 1",
        "\\",
        "x".repeat(190));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void terminalsObeyNothingThatAProcessSays(String attack) throws Exception {
    Path capture = capture(attack);

    for (String command : List.of("tail", "tail --json", "replay", "replay --json")) {
      String[] words = (command + " " + capture).split(" ", -1);
      Run run = Run.of(words);

      assertThat(run.exitCode()).as(command + ": " + run.err()).isZero();
      assertThat(OBEYED.matcher(run.out() + run.err()).find()).as(run.out() + run.err()).isFalse();
      assertThat(run.out()).contains("loop_block");
      assertThat(run.out().lines()).as("a record a line").noneMatch(line -> line.startsWith("fir"));
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void reportsAndSeriesHoldThemAsText(String attack) throws Exception {
    Path report = folder.resolve("report.html");
    Path series = folder.resolve("series.om");

    Run run =
        Run.of(
            "replay",
            capture(attack).toString(),
            "--report",
            report.toString(),
            "--openmetrics",
            series.toString());

    assertThat(run.exitCode()).as(run.err()).isZero();
    assertThat(Files.readString(report))
        .doesNotContain("<script>alert", "<img src=x", "<svg onload")
        .contains("/srv/");
    assertThat(Files.readAllLines(series))
        .allMatch(
            line ->
                line.startsWith("#") || line.matches("(?s)[a-z_]+(_total)?(\\{.*})? \\S+ \\S+"));
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void filesWithSuchNamesAreToldHarmlessly(String attack) {
    String name = attack.replace("/", "").replace("\u0000", "");
    for (String command : List.of("tail", "replay", "judge")) {
      Run run = Run.of(command, folder.resolve("no such " + name).toString());

      assertThat(run.exitCode()).as(run.err()).isPositive();
      assertThat(OBEYED.matcher(run.out() + run.err()).find()).as(run.err()).isFalse();
      assertThat(run.err().lines()).hasSize(1);
    }
  }

  @ParameterizedTest
  @MethodSource("attacks")
  void logLinesStayLines(String attack) throws IOException {
    PatternLayout layout = new PatternLayout();
    LoggerContext context = new LoggerContext();
    layout.setContext(context);
    layout.setPattern(pattern());
    layout.start();
    LoggingEvent event = new LoggingEvent();
    event.setLoggerContext(context);
    event.setLoggerName("dev.hognose.Test");
    event.setLevel(ch.qos.logback.classic.Level.convertAnSLF4JLevel(Level.WARN));
    event.setInstant(T0);
    event.setMessage("no service of this name: {}");
    event.setArgumentArray(new Object[] {attack});

    String line = layout.doLayout(event);

    assertThat(line).endsWith("\n").contains("WARN  Test: no service of this name: ");
    assertThat(OBEYED.matcher(line).find()).as(line).isFalse();
    assertThat(line.lines()).hasSize(1);
  }

  private static String pattern() throws IOException {
    Matcher pattern =
        LOG_PATTERN.matcher(Files.readString(Path.of("src", "main", "resources", "logback.xml")));
    assertThat(pattern.find()).isTrue();
    return pattern.group(1).replace("&amp;", "&");
  }

  /** A sample, and a block that is an alert, with the attack wherever a process may say a name. */
  private Path capture(String attack) throws IOException {
    Path file = folder.resolve("hostile.capture");
    String name = attack.replaceAll("[\\p{Cc}/]", "_");
    Telemetry process = new Telemetry(new ProcessId(name, "web", 1, T0), Duration.ofSeconds(10));
    List<ProducerRecord<byte[], byte[]>> records =
        List.of(
            process.sample(T0.plusSeconds(10), Bytes.ofMebi(50), 1),
            process.block(
                T0.plusSeconds(12),
                Duration.ofMillis(1500),
                new Frame("/srv/" + attack + ".py", 12, attack)));
    CaptureWindow window =
        new CaptureWindow(
            T0, T0, T0.plusSeconds(60), List.of(), Map.of(), CaptureWindow.Names.KEPT);
    try (CaptureWriter writer = CaptureWriter.create(file, "test", T0, window)) {
      for (ProducerRecord<byte[], byte[]> record : records) {
        writer.add(Received.at(0, 0, record));
      }
      writer.finish();
    }
    return file;
  }
}
