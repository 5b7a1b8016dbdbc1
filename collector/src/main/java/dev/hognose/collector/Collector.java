package dev.hognose.collector;

import dev.hognose.collector.api.ApiRoutes;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.fleet.FleetSnapshot;
import dev.hognose.collector.history.PastProfiles;
import dev.hognose.collector.history.PastSamples;
import dev.hognose.collector.history.PastStarts;
import dev.hognose.collector.http.HealthRoutes;
import dev.hognose.collector.http.WebServer;
import dev.hognose.collector.intake.Intake;
import dev.hognose.collector.intake.NameTakenException;
import dev.hognose.collector.intake.Source;
import dev.hognose.collector.metrics.FleetMetrics;
import dev.hognose.collector.metrics.MetricsRoutes;
import dev.hognose.collector.otlp.OtlpBridge;
import dev.hognose.collector.page.Onward;
import dev.hognose.collector.page.PageRoutes;
import dev.hognose.settings.SettingException;
import io.javalin.http.Handler;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The collector: reads the topics, holds the fleet's latest state, and shows it as metrics, API and
 * page.
 *
 * <p>Threads: {@code hognose-intake} reads Kafka, {@code hognose-starts} what older processes said
 * when they started; a few {@code hognose-http} answer requests; {@code hognose-otlp} writes OTLP,
 * where that is wanted.
 */
public final class Collector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Collector.class);
  private static final Duration INTAKE_ENDS_WITHIN = Duration.ofSeconds(8);

  private final Fleet fleet;
  private final Intake intake;
  private final Thread reading;
  private final PastSamples past;
  private final PastProfiles profiles;
  private final WebServer web;
  private final Optional<OtlpBridge> otlp;
  private final Starts starts;
  private final KafkaClientMetrics kafkaMetrics;
  private volatile Optional<String> illness = Optional.empty();
  private volatile Consumer<Throwable> failureListener =
      failure -> LOG.error("nothing ends this collector");

  /**
   * One that has not started.
   *
   * @param own what this program measures of itself; shown on {@code /metrics} beside the fleet
   * @throws SettingException when Kafka's client cannot be made with these settings
   */
  public Collector(CollectorSettings settings, PrometheusMeterRegistry own) {
    InstantSource clock = InstantSource.system();
    fleet = new Fleet(clock, settings.forgetAlertsAfter());
    Source source = KafkaSource.source(settings);
    kafkaMetrics = new KafkaClientMetrics(source.consumer());
    kafkaMetrics.bindTo(own);
    intake = new Intake(source, fleet, own);
    Gauge.builder("hognose.collector.whole", this, collector -> collector.isReady() ? 1 : 0)
        .description("Whether the collector shows all that its partitions tell: 1 or 0")
        .register(own);
    past = new PastSamples(() -> KafkaSource.consumerOfThePast(settings), clock);
    profiles = new PastProfiles(() -> KafkaSource.consumerOfThePast(settings), clock);
    starts =
        new Starts(
            fleet::snapshot,
            this::isReady,
            new PastStarts(() -> KafkaSource.consumerOfThePast(settings))::of,
            found -> intake.learn(found.partition(), found.event()));
    reading = new Thread(this::read, "hognose-intake");
    FleetMetrics metrics = new FleetMetrics(fleet::snapshot, settings.seriesBudget());
    otlp = settings.otlp().topic().map(topic -> bridge(settings, metrics, own));
    web = new WebServer(settings.http(), handlers(metrics, own, clock, settings.onward()), own);
  }

  private OtlpBridge bridge(
      CollectorSettings settings, FleetMetrics metrics, PrometheusMeterRegistry own) {
    return new OtlpBridge(
        KafkaSource.producer(settings),
        settings.otlp(),
        new OtlpBridge.Source(
            metrics,
            this::isReady,
            InstantSource.system(),
            settings.member().name().orElseGet(() -> UUID.randomUUID().toString())),
        own);
  }

  /**
   * Called once, from a thread of the collector, when another one has its name in the group: what
   * it shows is shown by that one, too, so it should end.
   */
  public void onFailure(Consumer<Throwable> listener) {
    failureListener = listener;
  }

  /**
   * Listens and begins to read; returns at once, also while there is no broker.
   *
   * @throws SettingException when it cannot listen; it is closed then
   */
  public void start() {
    try {
      web.start();
    } catch (SettingException refused) {
      close();
      throw refused;
    }
    reading.start();
    starts.start();
    otlp.ifPresent(OtlpBridge::start);
  }

  /** Where it listens. */
  public int port() {
    return web.port();
  }

  /** Whether what it shows is whole. */
  public boolean isReady() {
    return illness.or(intake::waitingFor).isEmpty();
  }

  /** Why what it shows is not all of the fleet; empty when it is. */
  private Optional<String> missing() {
    return illness.or(intake::waitingFor).or(intake::shownElsewhere);
  }

  /** What it shows now. */
  public FleetSnapshot fleet() {
    return fleet.snapshot();
  }

  /** Ends within a few seconds, whether or not there is a broker. */
  @Override
  public void close() {
    try {
      starts.close();
      otlp.ifPresent(OtlpBridge::close);
      // Before the page goes: until others show what is ours, it is still asked for here.
      closeIntake();
    } finally {
      web.close();
      kafkaMetrics.close();
    }
  }

  private void closeIntake() {
    intake.close();
    if (reading.getState() == Thread.State.NEW) {
      // Nobody else will close the consumer.
      intake.run();
    }
    try {
      reading.join(INTAKE_ENDS_WITHIN.toMillis());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    if (reading.isAlive()) {
      LOG.warn("the intake has not ended within {}", INTAKE_ENDS_WITHIN);
    }
  }

  private void read() {
    try {
      intake.run();
    } catch (NameTakenException taken) {
      LOG.error("the collector ends: {}", taken.getMessage());
      illness = Optional.of(String.valueOf(taken.getMessage()));
      failureListener.accept(taken);
    } catch (RuntimeException | Error failure) {
      LOG.error("the intake has ended: the collector shows nothing new from now on", failure);
      illness = Optional.of("the intake has ended: the collector's log says why");
    }
  }

  private Map<String, Handler> handlers(
      FleetMetrics metrics, PrometheusMeterRegistry own, InstantSource clock, Onward onward) {
    Map<String, Handler> handlers = new HashMap<>();
    handlers.putAll(new HealthRoutes(() -> illness, intake::waitingFor).handlers());
    handlers.putAll(new MetricsRoutes(metrics, own).handlers());
    handlers.putAll(
        new ApiRoutes(fleet::snapshot, this::missing, new ApiRoutes.Past(past, profiles), clock)
            .handlers());
    handlers.putAll(new PageRoutes(fleet::snapshot, this::missing, clock, onward).handlers());
    return handlers;
  }
}
