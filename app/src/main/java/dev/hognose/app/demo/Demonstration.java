package dev.hognose.app.demo;

import dev.hognose.app.broker.BrokerProcess;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.cluster.TopicReader;
import dev.hognose.app.console.FailureException;
import dev.hognose.app.service.Ending;
import dev.hognose.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.ExitCode;

/** Starts everything on this machine, shows what is found, and ends all that it started. */
final class Demonstration {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final List<String> TOPICS =
      List.of(
          Topics.SAMPLES.name(), Topics.EVENTS.name(), Topics.TRENDS.name(), Topics.ALERTS.name());

  private final View view;
  private final Goal goal;
  private final Ending ending;
  private final InstantSource clock;
  private final Instant started;

  /**
   * Ready to run.
   *
   * @param started when this program did
   */
  Demonstration(View view, Goal goal, Ending ending, InstantSource clock, Instant started) {
    this.view = view;
    this.goal = goal;
    this.ending = ending;
    this.clock = clock;
    this.started = started;
  }

  /**
   * Goes on until the goal is reached or the end is wished.
   *
   * @param interpreter of the Python environment with the agent and the shop
   * @param environment of this program
   * @param httpPort of the page, 0 for a free one
   * @return the exit code
   * @throws FailureException when it cannot start, or something ended by itself
   */
  int run(Path interpreter, Map<String, String> environment, int httpPort) {
    try (DemoFolder folder = new DemoFolder()) {
      Python python = new Python(interpreter, environment, folder.path());
      Plan plan = Plan.parse(python.output(List.of("-m", "shop.plan")));
      say("starting a Kafka broker in a JVM of its own");
      try (BrokerProcess broker = BrokerProcess.start(folder.path())) {
        if (ending.isWished()) {
          return ExitCode.OK;
        }
        Cluster cluster = new Cluster(broker.bootstrapServers(), new Properties());
        say("creating the topics on " + cluster.bootstrapServers());
        Pipeline.createTopics(cluster);
        return withBroker(cluster, folder.path(), python, plan, httpPort);
      }
    }
  }

  private int withBroker(Cluster cluster, Path folder, Python python, Plan plan, int httpPort) {
    try (Pipeline pipeline = new Pipeline(cluster.bootstrapServers(), folder, httpPort);
        Shops shops = new Shops(python, folder);
        TopicReader reader = TopicReader.fromBeginning(cluster, TOPICS)) {
      say("starting " + plan.services().size() + " services under the agent");
      shops.start(plan.services(), cluster.bootstrapServers());
      say("starting streams and collector");
      pipeline.start(ending);
      pipeline.awaitReady(ending);
      if (ending.isWished()) {
        return ExitCode.OK;
      }
      say("page: " + pipeline.address() + "/   metrics: " + pipeline.address() + "/metrics");
      Check check = new Check(plan.faults());
      shops.startTraffic();
      plan.services().forEach(service -> check.traffic(service.name(), clock.instant()));
      say("requests come; each service with faults has a clean twin beside it");
      return watch(pipeline, shops, reader, new Scene(check));
    }
  }

  private int watch(Pipeline pipeline, Shops shops, TopicReader reader, Scene scene) {
    Instant traffic = clock.instant();
    boolean scraped = false;
    Optional<Integer> exitCode = Optional.empty();
    while (exitCode.isEmpty() && !ending.isWished()) {
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        scene.apply(record, clock.instant()).ifPresent(this::say);
      }
      if (!scraped && pipeline.showsSample()) {
        scraped = true;
        say("first sample on /metrics");
      }
      refuse(shops.ended());
      view.show(scene);
      exitCode = goal.reached(scene.check(), since(started), since(traffic));
    }
    view.end(scene);
    refuse(ending.failure().map(failure -> "the streams failed: " + failure.getMessage()));
    if (exitCode.equals(Optional.of(ExitCode.SOFTWARE))) {
      throw new FailureException(String.join("; ", scene.check().missing()));
    }
    return ExitCode.OK;
  }

  private static void refuse(Optional<String> failure) {
    failure.ifPresent(
        sentence -> {
          throw new FailureException(sentence);
        });
  }

  private Duration since(Instant start) {
    return Duration.between(start, clock.instant());
  }

  private void say(String news) {
    double seconds = since(started).toMillis() / 1000.0;
    view.tell(String.format(Locale.ROOT, "%6.1f s  %s", seconds, news));
  }
}
