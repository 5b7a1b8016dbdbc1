package dev.hognose.app.tail;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.cluster.TopicReader;
import dev.hognose.app.console.FailureException;
import dev.hognose.app.console.Printable;
import dev.hognose.app.console.Shell;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.Capture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows records, of a capture or of a cluster as they come. */
@Command(
    name = "tail",
    description = {
      "What a capture holds, or what passes through the topics of a cluster, a line a record.",
      "Of a file that was cut off or altered everything whole is shown; then the exit code is 1."
    },
    footer = {
      "",
      "Examples:",
      "  hognose tail window.hognose",
      "  hognose tail --json window.hognose | jq 'select(.rss_bytes > 1e9)'",
      "  hognose tail --bootstrap-servers kafka:9092 --topic alerts --from-beginning",
      "  hognose tail --bootstrap-servers kafka:9092 --service checkout --kind loop_block"
    })
public final class TailCommand implements Callable<Integer> {

  private static final Duration POLL = Duration.ofMillis(500);

  private final Shell shell;

  @Parameters(arity = "0..1", paramLabel = "PATH", description = "A capture.")
  private Optional<Path> path = Optional.empty();

  @Option(names = "--json", description = "A JSON object a line, with the contract's field names.")
  private boolean json;

  @Option(
      names = "--bootstrap-servers",
      paramLabel = "HOST:PORT",
      description = "The cluster to follow (default: $HOGNOSE_BOOTSTRAP_SERVERS).")
  private Optional<String> bootstrapServers = Optional.empty();

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      converter = TopicName.Converter.class,
      description =
          "Only this one: samples, events, trends, services, profiles, alerts, dead-letters;"
              + " may be repeated.")
  private List<TopicName> topics = new ArrayList<>();

  @Option(names = "--service", paramLabel = "S", description = "Only what is about this service.")
  private Optional<String> service = Optional.empty();

  @Option(
      names = "--kind",
      paramLabel = "K",
      converter = Kind.Converter.class,
      description = "Only events or alerts of this kind, such as loop_block.")
  private Optional<Kind> kind = Optional.empty();

  @Option(
      names = "--from-beginning",
      description = "Start with the oldest record that the cluster keeps.")
  private boolean fromBeginning;

  public TailCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Env env = shell.env();
    Optional<Cluster> cluster = Cluster.from(bootstrapServers, env);
    env.rejectUnread();
    if (path.isPresent()) {
      refuseWithFile("--bootstrap-servers", bootstrapServers.isPresent());
      refuseWithFile("--from-beginning", fromBeginning);
      return read(path.get());
    }
    return follow(
        cluster.orElseThrow(
            () -> new SettingException("expected a PATH or --bootstrap-servers HOST:PORT")));
  }

  private static void refuseWithFile(String option, boolean given) {
    if (given) {
      throw new SettingException(option + ": expected no PATH beside it");
    }
  }

  private int read(Path file) throws IOException {
    if (Files.isDirectory(file)) {
      throw new FailureException(file + ": is a directory, expected a capture");
    }
    Wanted wanted = wanted();
    boolean whole = true;
    try (Capture capture = Capture.open(file)) {
      Optional<ConsumerRecord<byte[], byte[]>> record = capture.next();
      while (record.isPresent()) {
        whole &= show(record.get(), wanted);
        record = capture.next();
      }
    } catch (MalformedRecordException altered) {
      shell.out().flush();
      throw altered;
    }
    shell.out().flush();
    return whole ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private int follow(Cluster cluster) {
    Wanted wanted = wanted();
    List<String> names =
        topics.isEmpty()
            ? Topics.all().stream().map(Topic::name).toList()
            : topics.stream().map(TopicName::full).toList();
    try (TopicReader reader =
        fromBeginning
            ? TopicReader.fromBeginning(cluster, names)
            : TopicReader.fromNow(cluster, names)) {
      Duration quiet = Duration.ZERO;
      while (true) {
        quiet = quiet.plus(POLL);
        for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
          show(record, wanted);
          quiet = Duration.ZERO;
        }
        shell.out().flush();
        if (quiet.compareTo(Cluster.PATIENCE) >= 0) {
          reader.requireAnswer();
          quiet = Duration.ZERO;
        }
      }
    }
  }

  private Wanted wanted() {
    return new Wanted(topics, service, kind);
  }

  /** Whether the record could be read. */
  private boolean show(ConsumerRecord<byte[], byte[]> record, Wanted wanted) {
    Reading reading = Reading.of(record);
    if (reading.malformed() || wanted.includes(reading)) {
      shell.out().line(json ? Printable.escaped(reading.json().toString()) : Line.of(reading));
    }
    return !reading.malformed();
  }
}
