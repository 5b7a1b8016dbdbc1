package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.Shell;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.streams.StreamsSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
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
      "Policy values for --what-if: leak.policy, leak.bucket, block.hard, block.quiet.",
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

  @Mixin private final WindowOptions asked = new WindowOptions();

  @Parameters(arity = "0..1", paramLabel = "FILE", description = "A capture.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--service", paramLabel = "S", description = "Only the processes of this one.")
  private Optional<String> service = Optional.empty();

  @Option(names = "--json", description = "An alert a line, with the contract's field names.")
  private boolean json;

  @Option(
      names = "--verify",
      description = {
        "Hold the alerts against hognose.alerts: exit code 0 when each is the same byte for byte,",
        "else 1 and what differs."
      })
  private boolean verify;

  @Option(
      names = "--what-if",
      paramLabel = "KEY=VALUE",
      description = "Judge with another policy value as well and compare; may be repeated.")
  private Map<String, String> whatIf = new LinkedHashMap<>();

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
    env.rejectUnread();
    refuseContradictions();
    // A misspelt key is told before anything is read.
    PolicyKey.settings(shell.environment(), "--what-if", whatIf);
    // The files are begun first: a place that cannot be written is told at once.
    try (WrittenFile series = WrittenFile.begin(openMetrics);
        WrittenFile page = WrittenFile.begin(report);
        PastRecords records = open(settings)) {
      boolean alike = judge(records, series, page);
      series.finish();
      page.finish();
      shell.out().flush();
      return alike ? ExitCode.OK : ExitCode.SOFTWARE;
    }
  }

  private void refuseContradictions() {
    if (file.isPresent() && asked.hasCluster()) {
      throw new SettingException("--bootstrap-servers: expected no FILE beside it");
    }
    if (file.isPresent() && verify) {
      throw new SettingException("--verify: expected no FILE beside it, but a cluster");
    }
    if (verify && !whatIf.isEmpty()) {
      throw new SettingException("--verify: expected no --what-if beside it");
    }
    if (openMetrics.isPresent() && !whatIf.isEmpty()) {
      throw new SettingException("--openmetrics: expected no --what-if beside it");
    }
  }

  private PastRecords open(StreamsSettings settings) throws IOException {
    Instant now = Instant.now(Clock.systemUTC());
    if (file.isPresent()) {
      Optional<Window> window =
          asked.hasTimes() ? Optional.of(asked.window(settings, now, EXPECTED)) : Optional.empty();
      return CaptureRecords.open(file.get(), window);
    }
    Window window = asked.window(settings, now, EXPECTED);
    return ClusterRecords.open(cluster(), window);
  }

  private Cluster cluster() {
    return asked.cluster(shell.env(), "expected a FILE or --bootstrap-servers HOST:PORT");
  }

  /** Whether all is as it was, where that was asked. */
  private boolean judge(PastRecords records, WrittenFile series, WrittenFile page)
      throws IOException {
    Window window = records.window();
    Map<String, String> environment = environment(records);
    StreamsSettings settings = StreamsSettings.from(new Env(environment));
    PastReport told = new PastReport(window, facts(window, settings));
    List<Telling> all = new ArrayList<>();
    List<Telling> otherwise = new ArrayList<>();
    boolean later = verify || !whatIf.isEmpty();
    Consumer<Telling> shown = later ? all::add : new TimeLine(window, form(), shell.out());
    try (Performance performance = new Performance(settings, shown)) {
      series.out().ifPresent(out -> performance.series(new PastSeries(window, out)));
      page.out().ifPresent(out -> performance.report(told));
      if (!whatIf.isEmpty()) {
        StreamsSettings other = PolicyKey.settings(environment, "--what-if", whatIf);
        performance.beside(other, otherwise::add);
      }
      through(records, performance.listeners());
      performance.end();
    }
    if (!whatIf.isEmpty()) {
      WhatIf compared = new WhatIf(window, all, otherwise);
      compared.tell(form(), shell.out());
      told.compared(compared.comparison(written(whatIf)));
    }
    if (page.out().isPresent()) {
      told.write(page.out().get());
    }
    return !verify || verified(window, all);
  }

  /** For the head of a report. */
  private Map<String, String> facts(Window window, StreamsSettings settings) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("window", window.isOpen() ? "all that the capture holds" : window.toString());
    facts.put("records", file.map(Path::toString).orElseGet(() -> cluster().bootstrapServers()));
    facts.put("policy", written(PolicyKey.inForce(settings)));
    facts.put("judged by", version);
    service.ifPresent(only -> facts.put("only the service", only));
    return facts;
  }

  private static String written(Map<String, String> policy) {
    return policy.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(", "));
  }

  private boolean verified(Window window, List<Telling> told) {
    List<Telling> held = new HeldAlerts(cluster(), window).read();
    List<Telling> within = told.stream().filter(each -> window.tells(each.at())).toList();
    return Verification.of(held, within, service).tell(shell.out());
  }

  private TimeLine.Form form() {
    return json ? TimeLine.Form.JSON : TimeLine.Form.PEOPLE;
  }

  /** What a capture was made under stands where nothing else is set. */
  private Map<String, String> environment(PastRecords records) {
    Map<String, String> environment = new LinkedHashMap<>(PolicyKey.variables(records.policy()));
    environment.putAll(shell.environment());
    return environment;
  }

  private void through(PastRecords records, List<Listener> listeners) throws IOException {
    new Passage(shell, service).of(records, listeners);
  }
}
