package dev.hognose.app.service;

import dev.hognose.app.console.FailureException;
import dev.hognose.app.console.Logging;
import dev.hognose.app.console.Shell;
import dev.hognose.collector.Collector;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.settings.Env;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Runs the collector until it is told to end. */
@Command(
    name = "collector",
    description = {
      "Shows the fleet: /metrics for Prometheus, /api/v1 for scripts, a page for people.",
      "Its settings are HOGNOSE_* variables, see docs/configuration.md; it ends on SIGTERM."
    },
    footer = {
      "",
      "Examples:",
      "  HOGNOSE_BOOTSTRAP_SERVERS=kafka:9092 hognose collector",
      "  curl localhost:9464/metrics",
      "  curl localhost:9464/api/v1/alerts"
    })
public final class CollectorCommand implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(CollectorCommand.class);

  private final Shell shell;

  public CollectorCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Env env = shell.env();
    HttpSettings http = HttpSettings.from(env, CollectorSettings.DEFAULT_PORT);
    CollectorSettings settings =
        CollectorSettings.from(env, http, Instance.of(http).map(Instance::name));
    Logging.from(env);
    env.rejectUnread();
    try (Ending ending = new Ending();
        OwnMetrics own = new OwnMetrics();
        Collector collector = new Collector(settings, own.registry())) {
      collector.onFailure(ending::because);
      collector.start();
      LOG.info(
          "started: {}://{}:{}, {}, group {} by the name {}, resolved alerts shown for {}",
          settings.http().scheme(),
          settings.http().host(),
          collector.port(),
          settings.bootstrapServers(),
          settings.groupId(),
          settings.member().name().orElse("none"),
          settings.forgetAlertsAfter());
      Optional<Throwable> failure = ending.await();
      if (failure.isPresent()) {
        throw new FailureException(
            "the collector ends: " + failure.get().getMessage(), failure.get());
      }
      return ExitCode.OK;
    }
  }
}
