package dev.hognose.app.demo;

import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.console.FailureException;
import dev.hognose.app.service.Ending;
import dev.hognose.app.service.OwnMetrics;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.collector.Collector;
import dev.hognose.collector.CollectorSettings;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Topics, streams and collector of a demonstration, in this JVM. */
final class Pipeline implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

  private final OwnMetrics own = new OwnMetrics();
  private final HttpClient http = HttpClient.newHttpClient();
  private final StreamsApplication streams;
  private final Collector collector;

  /** Ready to start. */
  Pipeline(String bootstrapServers, Path folder, int httpPort) {
    streams =
        new StreamsApplication(
            StreamsSettings.from(
                new Env(
                    Map.of(
                        "HOGNOSE_BOOTSTRAP_SERVERS",
                        bootstrapServers,
                        "HOGNOSE_LEAK_BUCKET",
                        DemoPace.LEAK_BUCKET,
                        "HOGNOSE_STATE_DIR",
                        folder.resolve("streams").toString()))),
            own.registry());
    collector =
        new Collector(
            CollectorSettings.from(
                new Env(
                    Map.of(
                        "HOGNOSE_BOOTSTRAP_SERVERS",
                        bootstrapServers,
                        "HOGNOSE_HTTP_PORT",
                        Integer.toString(httpPort)))),
            own.registry());
  }

  static void createTopics(Cluster cluster) {
    try (ClusterTopics topics = new ClusterTopics(cluster)) {
      topics.createMissing(DemoPace.PARTITIONS, Optional.of((short) 1));
    }
  }

  /** Starts streams and collector; the end may be wished because of them from now on. */
  void start(Ending ending) {
    collector.start();
    streams.onFailure(ending::because);
    streams.start();
    own.watch(streams.kafkaStreams());
  }

  /** Waits until alerts would be seen, or the end is wished. */
  void awaitReady(Ending ending) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!(streams.isReady() && collector.isReady())) {
      if (ending.isWishedWithin(LOOK_AGAIN)) {
        return;
      }
      if (System.nanoTime() > deadline) {
        throw new FailureException(
            "streams and collector: not ready within " + PATIENCE.toSeconds() + " s");
      }
    }
  }

  String address() {
    return "http://127.0.0.1:" + collector.port();
  }

  /** Whether Prometheus would see a sample. */
  boolean showsSample() {
    HttpRequest scrape = HttpRequest.newBuilder(URI.create(address() + "/metrics")).build();
    try {
      return http.send(scrape, BodyHandlers.ofString())
          .body()
          .contains("process_resident_memory_bytes{");
    } catch (IOException notAnswered) {
      return false;
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    try (own;
        collector;
        streams) {
      // Each is closed, whatever becomes of the others.
    }
  }
}
