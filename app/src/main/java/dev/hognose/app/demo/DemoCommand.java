package dev.hognose.app.demo;

import dev.hognose.app.console.Output;
import dev.hognose.app.console.Shell;
import dev.hognose.app.console.Terminal;
import dev.hognose.app.service.Ending;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.streams.StreamsSettings;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Everything on this machine, with faults to find. */
@Command(
    name = "demo",
    description = {
      "A broker, the streams, the collector and a small web service that is ill, on this machine.",
      "Shows what is found until Ctrl-C, which ends all that it started."
    },
    footer = {
      "",
      "Examples:",
      "  hognose demo",
      "  hognose demo --check               ends by itself: was everything found, nobody accused?",
      "  hognose demo --http-port 9464 --seconds 60"
    })
public final class DemoCommand implements Callable<Integer> {

  private static final int HIGHEST_PORT = 65_535;

  private final Shell shell;

  @Option(
      names = "--check",
      description = {
        "End when every planted fault was found: exit code 0.",
        "Exit code 1 tells what is missing after 240 s, or who was accused wrongly."
      })
  private boolean check;

  @Option(
      names = "--stay",
      description = "With --check: say when all is found, and go on until Ctrl-C.")
  private boolean stay;

  @Option(
      names = "--http-port",
      paramLabel = "N",
      description = "Of the page and /metrics (default: a free one).")
  private Optional<Integer> httpPort = Optional.empty();

  @Option(
      names = "--seconds",
      paramLabel = "N",
      description = "End this many seconds after the first request.")
  private Optional<Integer> seconds = Optional.empty();

  @Option(
      names = "--python",
      hidden = true,
      defaultValue = ".build/demo/bin/python",
      description = "Interpreter of the environment in which the agent and the shop are installed.")
  private Path python = Path.of("");

  public DemoCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Goal goal = goal();
    int port = httpPort.orElse(0);
    refuseUnusable(port);
    refuseMisspelt(shell.env());
    TreeSet<String> unused = new TreeSet<>(shell.environment().keySet());
    unused.removeIf(name -> !name.startsWith("HOGNOSE_"));
    if (!unused.isEmpty()) {
      shell.err().say("not used here: " + unused + ", a demonstration has settings of its own");
    }
    Instant started = Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime());
    DemoSettings settings = new DemoSettings(python, shell.environment(), port, goal, started);
    try (Ending ending = new Ending()) {
      return new Demonstration(settings, view(shell.out()), ending, InstantSource.system()).run();
    }
  }

  /** Said at once rather than when the broker is up. */
  private static void refuseUnusable(int port) {
    if (port < 0 || port > HIGHEST_PORT) {
      throw new SettingException(
          "--http-port " + port + ": expected an integer from 0 to " + HIGHEST_PORT);
    }
    try {
      new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
    } catch (IOException refused) {
      throw new SettingException(
          "--http-port " + port + ": expected a free port: " + refused.getMessage());
    }
  }

  private Goal goal() {
    if (check && seconds.isPresent()) {
      throw new SettingException("--seconds: expected no --check beside it, which ends by itself");
    }
    if (stay && !check) {
      throw new SettingException("--stay: expected --check beside it, else it stays anyway");
    }
    seconds
        .filter(given -> given < 1)
        .ifPresent(
            given -> {
              throw new SettingException("--seconds " + given + ": expected 1 or more");
            });
    if (stay) {
      return Goal.notMissedWithin(DemoPace.CHECK_AT_MOST);
    }
    return check
        ? Goal.passedWithin(DemoPace.CHECK_AT_MOST)
        : seconds.map(Duration::ofSeconds).map(Goal::after).orElseGet(Goal::none);
  }

  private View view(Output out) {
    return Terminal.ofStandardOutput()
        .<View>map(terminal -> new LiveTable(out, terminal))
        .orElseGet(() -> new PlainLines(out));
  }

  /** What the demonstration does not use may still not be misspelt. */
  private static void refuseMisspelt(Env env) {
    StreamsSettings.from(env);
    CollectorSettings.from(env);
    env.rejectUnread();
  }
}
