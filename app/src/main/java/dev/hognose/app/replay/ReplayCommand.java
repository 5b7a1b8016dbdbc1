package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.app.console.Shell;
import dev.hognose.settings.Durations;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.streams.StreamsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a past window again. */
@Command(
    name = "replay",
    description = {
      "The alerts of a past window again, judged by the same code from the same records.",
      "The policies are those of the HOGNOSE_* settings; nothing is changed on the cluster.",
      "All records of the window and its warm-up are held in memory."
    },
    footer = {
      "",
      "Examples:",
      "  hognose replay window.hognose",
      "  hognose replay --from -2h --to now --bootstrap-servers kafka:9092 --service checkout",
      "  hognose replay --json --from 2026-11-21T02:00:00Z --to 2026-11-21T04:00:00Z"
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final Comparator<ConsumerRecord<byte[], byte[]>> AS_IT_HAPPENED =
      Comparator.<ConsumerRecord<byte[], byte[]>>comparingLong(ConsumerRecord::timestamp)
          .thenComparing(ConsumerRecord::topic)
          .thenComparingInt(ConsumerRecord::partition)
          .thenComparingLong(ConsumerRecord::offset);

  private final Shell shell;

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "A capture.")
  private Optional<Path> file = Optional.empty();

  @Option(
      names = "--from",
      paramLabel = "T",
      description = "Where the window begins: ISO-8601 with a zone, -10m for a while ago, or now.")
  private Optional<String> from = Optional.empty();

  @Option(names = "--to", paramLabel = "T", description = "Where it ends, not part of it.")
  private Optional<String> to = Optional.empty();

  @Option(
      names = "--warm-up",
      paramLabel = "DURATION",
      defaultValue = "1d",
      description =
          "How much before the window is judged with it (default: ${DEFAULT-VALUE});"
              + " a leak is judged from the beginning of its process.")
  private String warmUp = "1d";

  @Option(names = "--service", paramLabel = "S", description = "Only the processes of this one.")
  private Optional<String> service = Optional.empty();

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster (default: $HOGNOSE_BOOTSTRAP_SERVERS).")
  private Optional<String> bootstrapServers = Optional.empty();

  @Option(names = "--json", description = "An alert a line, with the contract's field names.")
  private boolean json;

  public ReplayCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Env env = shell.env();
    StreamsSettings settings = StreamsSettings.from(env);
    env.rejectUnread();
    Window window = window(Instant.now(Clock.systemUTC()));
    List<ConsumerRecord<byte[], byte[]>> read = read(window);
    if (read.stream().noneMatch(each -> window.tells(Instant.ofEpochMilli(each.timestamp())))) {
      throw new FailureException(
          window.equals(Window.ALWAYS) ? "no records in the capture" : "no records from " + window);
    }
    List<ConsumerRecord<byte[], byte[]>> records =
        service.map(name -> Services.only(name, read)).orElse(read);
    replay(settings, window, records.stream().sorted(AS_IT_HAPPENED).toList());
    return ExitCode.OK;
  }

  private Window window(Instant now) {
    if (file.isPresent() && bootstrapServers.isPresent()) {
      throw new SettingException("--bootstrap-servers: expected no FILE beside it");
    }
    if (from.isEmpty() && to.isEmpty() && file.isPresent()) {
      return Window.ALWAYS;
    }
    if (from.isEmpty() || to.isEmpty()) {
      throw new SettingException("expected a FILE, or --from T and --to T");
    }
    return Window.of(
        warmUp(), new WrittenTime("--from", from.get()), new WrittenTime("--to", to.get()), now);
  }

  private Duration warmUp() {
    try {
      return Durations.parse(warmUp);
    } catch (IllegalArgumentException refused) {
      throw new SettingException("--warm-up " + warmUp + ": " + refused.getMessage());
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> read(Window window) throws IOException {
    if (file.isPresent()) {
      return new CaptureRecords(file.get(), window).read();
    }
    Cluster cluster =
        Cluster.from(bootstrapServers, shell.env())
            .orElseThrow(
                () -> new SettingException("expected a FILE or --bootstrap-servers HOST:PORT"));
    return new ClusterRecords(cluster, window).read();
  }

  private void replay(
      StreamsSettings settings, Window window, List<ConsumerRecord<byte[], byte[]>> records) {
    TimeLine timeLine =
        new TimeLine(window, json ? TimeLine.Form.JSON : TimeLine.Form.PEOPLE, shell.out());
    Instant first = Instant.ofEpochMilli(records.get(0).timestamp());
    try (Rehearsal rehearsal = new Rehearsal(settings, first, timeLine::add)) {
      records.forEach(rehearsal::next);
      if (!window.equals(Window.ALWAYS)) {
        rehearsal.advance(window.to());
      }
    }
    shell.out().flush();
  }
}
