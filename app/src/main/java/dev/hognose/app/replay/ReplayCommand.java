package dev.hognose.app.replay;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.ProgressLine;
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
      "  hognose replay --json --from 2026-11-21T02:00:00Z --to 2026-11-21T04:00:00Z",
      "  hognose replay --from -7d --to now --what-if block.hard=500ms --what-if leak.policy=early"
    })
public final class ReplayCommand implements Callable<Integer> {

  private static final String EXPECTED = "expected a FILE, or --from T and --to T";

  private final Shell shell;

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

  public ReplayCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() throws IOException {
    Env env = shell.env();
    StreamsSettings settings = StreamsSettings.from(env);
    env.rejectUnread();
    refuseContradictions();
    // A misspelt key is told before anything is read.
    PolicyKey.settings(shell.environment(), "--what-if", whatIf);
    try (PastRecords records = open(settings)) {
      boolean alike = judge(records);
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
  private boolean judge(PastRecords records) throws IOException {
    Window window = records.window();
    Map<String, String> environment = environment(records);
    StreamsSettings settings = StreamsSettings.from(new Env(environment));
    List<Telling> told = new ArrayList<>();
    if (!whatIf.isEmpty()) {
      StreamsSettings other = PolicyKey.settings(environment, "--what-if", whatIf);
      List<Telling> otherwise = new ArrayList<>();
      try (Rehearsal now = new Rehearsal(settings, told::add);
          Rehearsal then = new Rehearsal(other, otherwise::add)) {
        through(records, List.of(now, then));
      }
      new WhatIf(window, told, otherwise).tell(form(), shell.out());
      return true;
    }
    TimeLine timeLine = new TimeLine(window, form(), shell.out());
    try (Rehearsal rehearsal = new Rehearsal(settings, verify ? told::add : timeLine)) {
      through(records, List.of(rehearsal));
    }
    return !verify || verified(window, told);
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

  private void through(PastRecords records, List<Rehearsal> rehearsals) throws IOException {
    Services services = new Services(service);
    ProgressLine progress =
        new ProgressLine(ProgressLine.onTerminal(shell.err().printer()), System::nanoTime);
    try {
      new Replay(records, services, progress).through(rehearsals);
    } finally {
      progress.hide();
    }
    records.remark().ifPresent(this::remark);
    long older = services.startedBefore(records.window().readFrom());
    if (older > 0) {
      remark(
          older
              + " processes are older than the warm-up, which begins at "
              + records.window().readFrom()
              + ": what is told of their memory may differ from what was told live");
    }
  }

  private void remark(String sentence) {
    Output err = shell.err();
    err.say("hognose replay: " + sentence);
  }
}
