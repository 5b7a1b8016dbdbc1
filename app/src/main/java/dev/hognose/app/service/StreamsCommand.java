package dev.hognose.app.service;

import dev.hognose.app.console.FailureException;
import dev.hognose.app.console.Logging;
import dev.hognose.app.console.Shell;
import dev.hognose.collector.http.HealthRoutes;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsFailure;
import dev.hognose.streams.StreamsSettings;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;

/** Runs the streams until it is told to end. */
@Command(
    name = "streams",
    description = {
      "Judges samples and events: reads them from Kafka, writes trends and alerts back.",
      "Its settings are HOGNOSE_* variables, see docs/configuration.md; it ends on SIGTERM."
    },
    footer = {
      "",
      "Examples:",
      "  HOGNOSE_BOOTSTRAP_SERVERS=kafka:9092 hognose streams",
      "  curl localhost:9465/readyz         # 200 when it has all its state",
      "  curl localhost:9465/metrics"
    })
public final class StreamsCommand implements Callable<Integer> {

  private final Shell shell;

  public StreamsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    Env env = shell.env();
    HttpSettings status = HttpSettings.from(env, StatusServer.DEFAULT_PORT);
    StreamsSettings settings = StreamsSettings.from(env, Instance.of(status).map(Instance::name));
    Logging.from(env);
    env.rejectUnread();
    try (Ending ending = new Ending();
        OwnMetrics own = new OwnMetrics()) {
      StreamsApplication streams = new StreamsApplication(settings, own.registry());
      HealthRoutes health = new HealthRoutes(streams::illness, streams::waitingFor);
      // Whoever listens at the port next has the name of this one: it is free when the group is.
      try (StatusServer server = new StatusServer(status, own.registry(), health);
          streams) {
        server.start();
        streams.onFailure(ending::because);
        streams.start();
        own.watch(streams.kafkaStreams());
        endOf(ending, settings);
        return ExitCode.OK;
      }
    }
  }

  private static void endOf(Ending ending, StreamsSettings settings) {
    Optional<Throwable> failure = ending.await();
    if (failure.isPresent()) {
      throw new FailureException(
          "the streams failed: " + StreamsFailure.sentence(failure.get(), settings.member()),
          failure.get());
    }
  }
}
