package dev.hognose.app.demo;

import dev.hognose.app.broker.BrokerProcess;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.cluster.TopicReader;
import dev.hognose.app.console.FailureException;
import dev.hognose.app.console.Printable;
import dev.hognose.app.service.Ending;
import dev.hognose.wire.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import picocli.CommandLine.ExitCode;

/** Starts everything on this machine, shows what is found, and ends all that it started. */
final class Demonstration {

  private static final Duration POLL = Duration.ofMillis(100);
  private static final List<String> TOPICS =
      List.of(
          Topics.SAMPLES.name(), Topics.EVENTS.name(), Topics.TRENDS.name(), Topics.ALERTS.name());

  private final DemoSettings settings;
  private final View view;
  private final Ending ending;
  private final InstantSource clock;
  private final Set<String> saidOnce = new HashSet<>();

  Demonstration(DemoSettings settings, View view, Ending ending, InstantSource clock) {
    this.settings = settings;
    this.view = view;
    this.ending = ending;
    this.clock = clock;
  }

  /**
   * Goes on until the goal is reached or the end is wished.
   *
   * @return the exit code
   * @throws FailureException when it cannot start, something ended by itself, or the goal is missed
   */
  int run() {
    try (DemoFolder folder = new DemoFolder()) {
      Python python = new Python(settings.interpreter(), settings.environment(), folder.path());
      say("starting a Kafka broker in a JVM of its own");
      try (BrokerProcess broker = BrokerProcess.launch(folder.path())) {
        // While it starts.
        Plan plan = Plan.parse(python.output(List.of("-m", "shop.plan")));
        return ending.isWished() ? ExitCode.OK : withBroker(broker, folder.path(), python, plan);
      }
    }
  }

  private int withBroker(BrokerProcess broker, Path folder, Python python, Plan plan) {
    Cluster cluster = new Cluster(broker.bootstrapServers(), new Properties());
    say("creating the topics on " + cluster.bootstrapServers());
    Pipeline.createTopics(cluster);
    try (Shops shops = new Shops(python, folder);
        Pipeline pipeline = new Pipeline(cluster.bootstrapServers(), folder, settings.httpPort());
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
      plan.services().forEach(service -> check.traffic(service.name(), clock.instant()));
      shops.startTraffic();
      say("requests come; each service with faults has a clean twin beside it");
      try {
        return watch(pipeline, reader, new Scene(check), shops, broker);
      } finally {
        // They may end while streams and collector are closed.
        shops.end();
      }
    }
  }

  private int watch(
      Pipeline pipeline, TopicReader reader, Scene scene, Shops shops, BrokerProcess broker) {
    Instant traffic = clock.instant();
    Optional<Integer> exitCode = Optional.empty();
    while (exitCode.isEmpty() && !ending.isWished()) {
      sayOnce("first sample on /metrics", pipeline::showsSample);
      for (ConsumerRecord<byte[], byte[]> record : reader.poll(POLL)) {
        scene.apply(record, clock.instant()).ifPresent(this::say);
      }
      sayOnce("all that was planted is found, and nobody else accused", scene.check()::isPassed);
      refuse(broker.ended().or(shops::ended));
      view.show(scene);
      exitCode = settings.goal().reached(scene.check(), since(settings.started()), since(traffic));
    }
    view.end(scene);
    refuse(ending.failure().map(failure -> "the streams failed: " + failure.getMessage()));
    if (exitCode.equals(Optional.of(ExitCode.SOFTWARE))) {
      List<String> missing = new ArrayList<>(scene.check().missing());
      missing.addAll(shops.lastWords(scene.check().unheard()));
      throw new FailureException(String.join("; ", missing));
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

  private void sayOnce(String news, BooleanSupplier happened) {
    if (!saidOnce.contains(news) && happened.getAsBoolean()) {
      saidOnce.add(news);
      say(news);
    }
  }

  private void say(String news) {
    double seconds = since(settings.started()).toMillis() / 1000.0;
    view.tell(String.format(Locale.ROOT, "%6.1f s  %s", seconds, Printable.escaped(news)));
  }
}
