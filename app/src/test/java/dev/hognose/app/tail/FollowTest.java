package dev.hognose.app.tail;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.app.HognoseCommand;
import dev.hognose.app.Publisher;
import dev.hognose.app.Run;
import dev.hognose.app.Telemetry;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Shell;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Tag("e2e")
@Timeout(180)
class FollowTest {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  @Test
  void topicsAreFollowedUntilNobodyReads(@TempDir Path folder) throws Exception {
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
        Publisher publisher = new Publisher(broker.bootstrapServers())) {
      assertThat(follow(broker, new ClosedAfter(0), "--topic", "samples").err())
          .startsWith("hognose tail: hognose.samples: not on " + broker.bootstrapServers());
      Run.of("topics", "--create", "--bootstrap-servers", broker.bootstrapServers());
      Telemetry orders = new Telemetry(new ProcessId("orders", "web-1", 1, AT));
      Telemetry catalog = new Telemetry(new ProcessId("catalog", "web-1", 2, AT));
      publisher.send(
          List.of(
              orders.sample(AT, Bytes.ofMebi(50), 1),
              catalog.sample(AT, Bytes.ofMebi(50), 1),
              orders.block(AT, Duration.ofMillis(1500), new Frame("/srv/pay.py", 12, "pay"))));

      ClosedAfter reader = new ClosedAfter(1);
      Run followed =
          follow(broker, reader, "--from-beginning", "--service", "orders", "--kind", "loop_block");

      assertThat(reader.text())
          .isEqualTo(
              "2026-01-01T00:00:01.500Z  loop_block  orders/web-1/1  #2"
                  + "  1.50 s sync_sleep at /srv/pay.py:12 in pay\n");
      assertThat(followed.err()).isEmpty();
      assertThat(followed.exitCode()).isZero();
    }
  }

  @Test
  void brokerThatVanishesIsTold(@TempDir Path folder) throws Exception {
    EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"));
    ClosedAfter reader = new ClosedAfter(1_000);
    CompletableFuture<Run> followed;
    try (broker;
        Publisher publisher = new Publisher(broker.bootstrapServers())) {
      Run.of("topics", "--create", "--bootstrap-servers", broker.bootstrapServers());
      Telemetry orders = new Telemetry(new ProcessId("orders", "web-1", 1, AT));
      publisher.send(List.of(orders.sample(AT, Bytes.ofMebi(50), 1)));
      followed = CompletableFuture.supplyAsync(() -> follow(broker, reader, "--from-beginning"));
      while (reader.text().isEmpty()) {
        assertThat(followed).isNotDone();
        Thread.sleep(50);
      }
    }

    assertThat(followed.get().err())
        .isEqualTo(
            "hognose tail: "
                + broker.bootstrapServers()
                + ": no answer within 10 s, expected a Kafka broker\n");
    assertThat(followed.get().exitCode()).isEqualTo(1);
  }

  private static Run follow(EmbeddedBroker broker, ClosedAfter reader, String... options) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Shell shell =
        new Shell(
            Map.of("HOGNOSE_BOOTSTRAP_SERVERS", broker.bootstrapServers()),
            new Output(reader),
            new Output(err));
    String[] arguments = new String[options.length + 1];
    arguments[0] = "tail";
    System.arraycopy(options, 0, arguments, 1, options.length);
    return new Run(HognoseCommand.in(shell).execute(arguments), "", err.toString(UTF_8));
  }

  /** A reader that goes away after some lines, as {@code head} does: the next flush tells. */
  private static final class ClosedAfter extends OutputStream {

    private final ByteArrayOutputStream read = new ByteArrayOutputStream();
    private final int lines;

    ClosedAfter(int lines) {
      this.lines = lines;
    }

    @Override
    public void write(int octet) throws IOException {
      if (text().lines().count() >= lines && text().endsWith("\n")) {
        throw new IOException("Broken pipe");
      }
      read.write(octet);
    }

    @Override
    public void flush() throws IOException {
      if (lines > 0 && text().lines().count() >= lines) {
        throw new IOException("Broken pipe");
      }
    }

    String text() {
      return read.toString(UTF_8);
    }
  }
}
