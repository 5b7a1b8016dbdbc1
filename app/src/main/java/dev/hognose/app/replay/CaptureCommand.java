package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.app.console.ProgressLine;
import dev.hognose.app.console.Shell;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.capture.CaptureWindow;
import dev.hognose.wire.capture.CaptureWriter;
import dev.hognose.wire.capture.OffsetRange;
import dev.hognose.wire.capture.WholeFile;
import dev.hognose.wire.message.Anonymiser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Keeps a window of a cluster in one file. */
@Command(
    name = "capture",
    description = {
      "Keeps a window of a cluster, and the warm-up that judging it needs, in one file.",
      "The file appears when it is whole; nothing is changed on the cluster."
    },
    footer = {
      "",
      "Examples:",
      "  hognose capture --from -2h --to now --output incident.hog --bootstrap-servers kafka:9092",
      "  hognose capture --from -2h --to now --output incident.hog --service checkout --anonymise",
      "  hognose replay incident.hog"
    })
public final class CaptureCommand implements Callable<Integer> {

  private final Shell shell;
  private final String version;

  @Mixin private final WindowOptions asked = new WindowOptions();

  @Option(names = "--output", paramLabel = "FILE", required = true, description = "The file.")
  private Path output = Path.of("");

  @Option(names = "--service", paramLabel = "S", description = "Only the processes of this one.")
  private Optional<String> service = Optional.empty();

  @Option(
      names = "--anonymise",
      description = {
        "Replace every name, path, function, message and version by a keyed hash: the same name by"
            + " the same hash.",
        "The key is made for this capture and forgotten, unless --key-file is given."
      })
  private boolean anonymise;

  @Option(
      names = "--key-file",
      paramLabel = "KEY",
      description = "Its bytes are the key of --anonymise: captures with one key can be compared.")
  private Optional<Path> keyFile = Optional.empty();

  /**
   * A command.
   *
   * @param version of this program, for the file
   */
  public CaptureCommand(Shell shell, String version) {
    this.shell = shell;
    this.version = version;
  }

  @Override
  public Integer call() throws IOException {
    Env env = shell.env();
    StreamsSettings settings = StreamsSettings.from(env);
    env.rejectUnread();
    if (keyFile.isPresent() && !anonymise) {
      throw new SettingException("--key-file " + keyFile.get() + ": expected --anonymise with it");
    }
    if (keyFile.isPresent()) {
      NamedFile key = new NamedFile("--key-file", keyFile.get());
      NamedFile.expectDifferent(List.of(key, new NamedFile("--output", output)));
    }
    UnaryOperator<ConsumerRecord<byte[], byte[]>> names =
        anonymise ? anonymiser()::anonymous : UnaryOperator.identity();
    Instant now = Instant.now(Clock.systemUTC());
    Window window = asked.window(settings.leak().reach(), now, "expected --from T and --to T");
    WholeFile.checked(output);
    Cluster cluster = asked.cluster(shell.env(), "expected --bootstrap-servers HOST:PORT");
    try (ClusterRecords records = ClusterRecords.open(cluster, window)) {
      HeldAlerts.Held alerts = alerts(cluster, window);
      CaptureWindow header = header(settings, records, alerts.ranges());
      try (CaptureWriter writer = CaptureWriter.create(output, version, now, header)) {
        write(records, writer, names);
        finish(writer, header, alerts);
      }
    }
    return ExitCode.OK;
  }

  /** What was told live, to verify against; not without names, as an alert's id is made of them. */
  private HeldAlerts.Held alerts(Cluster cluster, Window window) {
    return anonymise ? HeldAlerts.Held.NOTHING : new HeldAlerts(cluster, window).read();
  }

  private void finish(CaptureWriter writer, CaptureWindow header, HeldAlerts.Held alerts)
      throws IOException {
    long judged = writer.records();
    Predicate<Telling> wanted = Telling.about(service, alerts.tellings().stream());
    for (ConsumerRecord<byte[], byte[]> alert : alerts.records()) {
      if (wanted.test(Telling.of(alert))) {
        writer.add(alert);
      }
    }
    long told = writer.records() - judged;
    long bytes = writer.finish();
    shell
        .out()
        .say(
            output
                + ": "
                + judged
                + " records, "
                + told
                + " tellings of alerts, "
                + bytes
                + " bytes, under "
                + PolicyKey.written(header.policy()));
  }

  private Anonymiser anonymiser() throws IOException {
    return keyFile.isPresent()
        ? Anonymiser.keyed(Files.readAllBytes(keyFile.get()))
        : Anonymiser.withNewKey();
  }

  private CaptureWindow header(
      StreamsSettings settings, ClusterRecords records, List<OffsetRange> ofAlerts) {
    Window window = records.window();
    List<OffsetRange> ranges = new ArrayList<>(records.ranges());
    ranges.addAll(ofAlerts);
    return new CaptureWindow(
        window.readFrom(),
        window.from(),
        window.to(),
        ranges,
        PolicyKey.inForce(settings),
        anonymise ? CaptureWindow.Names.ANONYMISED : CaptureWindow.Names.KEPT);
  }

  private void write(
      ClusterRecords records,
      CaptureWriter writer,
      UnaryOperator<ConsumerRecord<byte[], byte[]>> names)
      throws IOException {
    Services services = new Services(service);
    ProgressLine progress =
        new ProgressLine(ProgressLine.onTerminal(shell.err().printer()), System::nanoTime);
    boolean empty = true;
    Optional<ConsumerRecord<byte[], byte[]>> next = records.next();
    while (next.isPresent()) {
      ConsumerRecord<byte[], byte[]> record = next.get();
      Instant at = Instant.ofEpochMilli(record.timestamp());
      empty &= !records.window().tells(at);
      if (services.include(record)) {
        writer.add(names.apply(record));
      }
      progress.step(() -> at + ", " + progress.steps() / 1000 + " thousand records");
      next = records.next();
    }
    progress.hide();
    if (empty) {
      throw new FailureException("no records from " + records.window());
    }
    services.refuseUnknown();
  }
}
