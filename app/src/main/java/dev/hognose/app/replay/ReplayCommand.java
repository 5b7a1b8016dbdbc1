package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.Shell;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.streams.StreamsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Judges a past window again. */
@Command(
    name = "replay",
    description = {
      "The alerts of a past window again, judged by the same code from the same records.",
      "The policies are those of the HOGNOSE_* settings, else those that a capture was made under;"
          + " nothing is changed on the cluster."
    },
    footer = {
      "",
      "Examples:",
      "  hognose replay incident.hog",
      "  hognose replay --from -2h --to now --bootstrap-servers kafka:9092 --service checkout",
      "  hognose replay incident.hog --report incident.html",
      "  hognose replay --json --from 2026-11-21T02:00:00Z --to 2026-11-21T04:00:00Z",
      "  hognose replay --from -7d --to now --what-if block.hard=500ms --what-if leak.policy=early"
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final String EXPECTED = "expected a FILE, or --from T and --to T";

  private final Shell shell;
  private final String version;

  @Mixin private final WindowOptions window = new WindowOptions();

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "A capture.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--service", paramLabel = "S", description = "Only the processes of this one.")
  private Optional<String> service = Optional.empty();

  @Option(names = "--json", description = "An alert a line, with the contract's field names.")
  private boolean json;

  @Option(
      names = "--verify",
      description = {
        "Hold the alerts against those that were told live, which hognose.alerts or the capture"
            + " has:",
        "exit code 0 when each is the same byte for byte, else 1 and what differs."
      })
  private boolean verify;

  @Option(
      names = "--what-if",
      paramLabel = "KEY=VALUE",
      mapFallbackValue = "",
      description = {
        "Judge with another policy value as well and compare; may be repeated.",
        "--what-if help prints every key with its value."
      })
  private Map<String, String> whatIf = new LinkedHashMap<>();

  @Option(
      names = "--list-keys",
      description = "Print every key that --what-if knows with its value, and judge nothing.")
  private boolean listKeys;

  @Option(
      names = "--openmetrics",
      paramLabel = "FILE",
      description = {
        "Write the window's series with their timestamps, every 15 s and as /metrics names them,",
        "for promtool tsdb create-blocks-from openmetrics."
      })
  private Optional<Path> openMetrics = Optional.empty();

  @Option(
      names = "--report",
      paramLabel = "FILE",
      description = {
        "Write one page of HTML that needs no network: the time line, charts, flame graphs,",
        "allocation sites and what --what-if told."
      })
  private Optional<Path> report = Optional.empty();

  /**
   * A command.
   *
   * @param version of this program, for a report
   */
  public ReplayCommand(Shell shell, String version) {
    this.shell = shell;
    this.version = version;
  }

  @Override
  public Integer call() throws IOException {
    Env env = shell.env();
    StreamsSettings settings = StreamsSettings.from(env);
    CollectorSettings collector = CollectorSettings.from(env);
    env.rejectUnread();
    if (listKeys || whatIf.containsKey("help")) {
      Rules.of(settings).written().forEach((key, value) -> shell.out().line(key + "=" + value));
      shell.out().flush();
      return ExitCode.OK;
    }
    refuseContradictions();
    Instant now = Instant.now(Clock.systemUTC());
    // A misspelt key or time is told before anything is read.
    Rules.changed(shell.environment(), "--what-if", whatIf);
    if (window.isTold()) {
      windowUnder(Map.of(), now);
    }
    if (verify || report.isPresent() || openMetrics.isPresent()) {
      shell.out().outlastReader();
    }
    // The files are begun first: a place that cannot be written is told at once.
    try (WrittenFile series = WrittenFile.begin(openMetrics);
        WrittenFile page = WrittenFile.begin(report);
        PastRecords records = open(now)) {
      boolean alike = new ReplayRun(shell, asked(collector)).of(records, series, page);
      series.finish();
      page.finish();
      shell.out().flush();
      return alike ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void refuseContradictions() throws IOException {
    if (file.isPresent() && window.hasCluster()) {
      throw new SettingException("--bootstrap-servers: expected no FILE beside it");
    }
    if (verify && !whatIf.isEmpty()) {
      throw new SettingException("--verify: expected no --what-if beside it");
    }
    if (openMetrics.isPresent() && !whatIf.isEmpty()) {
      throw new SettingException("--openmetrics: expected no --what-if beside it");
    }
    List<NamedFile> files = new ArrayList<>();
    file.ifPresent(path -> files.add(new NamedFile("FILE", path)));
    report.ifPresent(path -> files.add(new NamedFile("--report", path)));
    openMetrics.ifPresent(path -> files.add(new NamedFile("--openmetrics", path)));
    NamedFile.expectDifferent(files);
  }

  private PastRecords open(Instant now) throws IOException {
    if (file.isEmpty()) {
      Window past = windowUnder(Map.of(), now);
      return ClusterRecords.open(cluster(), past);
    }
    CaptureRecords all = CaptureRecords.open(file.get());
    return window.isTold() ? all.within(windowUnder(all.policy(), now)) : all;
  }

  /**
   * The window, warmed up as far as the policies look back by which it is judged.
   *
   * @param policy that a capture was made under
   */
  private Window windowUnder(Map<String, String> policy, Instant now) {
    Map<String, String> environment = PolicyKey.under(policy, shell.environment());
    Duration reach =
        Stream.of(Map.<String, String>of(), whatIf)
            .map(changes -> Rules.changed(environment, "--what-if", changes))
            .map(rules -> rules.settings().leak().reach())
            .max(Comparator.naturalOrder())
            .orElseThrow();
    return window.window(reach, now, EXPECTED);
  }

  private Cluster cluster() {
    return window.cluster(shell.env(), "expected a FILE or --bootstrap-servers HOST:PORT");
  }

  private ReplayRun.Asked asked(CollectorSettings collector) {
    ReplayRun.Purpose purpose =
        verify
            ? ReplayRun.Purpose.VERIFY
            : whatIf.isEmpty() ? ReplayRun.Purpose.TELL : ReplayRun.Purpose.COMPARE;
    Map<String, String> origin = new LinkedHashMap<>();
    origin.put("records", file.map(Path::toString).orElseGet(() -> cluster().bootstrapServers()));
    origin.put("judged by", version);
    TimeLine.Form form = json ? TimeLine.Form.JSON : TimeLine.Form.PEOPLE;
    return new ReplayRun.Asked(purpose, form, service, whatIf, origin, collector);
  }
}
