package dev.hognose.streams;

import dev.hognose.alert.Wording;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The streams as one program runs them: one consumer group, all topologies. */
public final class StreamsApplication implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StreamsApplication.class);
  private static final Duration CLOSING = Duration.ofSeconds(9);

  private final StreamsSettings settings;
  private final Topology topology;
  private final Restoration restoration = new Restoration();
  private final ClockWatch clock = ClockWatch.ofMachine(this::onClockSetBack);
  private volatile int partitions = 1;
  private volatile Optional<Throwable> failed = Optional.empty();
  private Optional<KafkaStreams> running = Optional.empty();
  private volatile Consumer<Throwable> failureListener =
      failure -> LOG.error("the streams end, nothing restarts them");

  /**
   * Builds the topology and touches nothing; its meters are registered at once.
   *
   * @throws StartException when a property of Kafka cannot be used
   */
  public StreamsApplication(StreamsSettings settings, MeterRegistry registry) {
    this.settings = settings;
    try {
      this.topology =
          new StreamsTopology(settings, Policies.of(settings), () -> partitions, registry)
              .build(StreamsBuilder::new);
    } catch (ConfigException refused) {
      throw new StartException("HOGNOSE_KAFKA_*: " + refused.getMessage(), refused);
    }
  }

  /** The topology for topics of one partition, as a replay reads them. */
  public static Topology topology(StreamsSettings settings, MeterRegistry registry) {
    return topology(settings, Policies.of(settings), registry, StreamsBuilder::new);
  }

  /**
   * The same topology with numbers of its own, made by another builder.
   *
   * @param empty makes a builder that has nothing yet
   */
  public static Topology topology(
      StreamsSettings settings,
      Policies policies,
      MeterRegistry registry,
      Function<TopologyConfig, StreamsBuilder> empty) {
    return new StreamsTopology(settings, policies, () -> 1, registry).build(empty);
  }

  /** What Kafka Streams is told when it runs this topology, live or replayed. */
  public static Properties properties(StreamsSettings settings) {
    return StreamsProperties.of(settings);
  }

  /** Called once, from a thread of the streams, when they have failed for good and are ending. */
  public void onFailure(Consumer<Throwable> listener) {
    failureListener = listener;
  }

  /**
   * Checks the topics, joins the group and returns; {@link #isReady} tells when it has all state.
   *
   * @throws StartException whose message is one sentence for the operator
   */
  public void start() {
    partitions = new TopicCheck(settings).run();
    Properties properties = properties(settings);
    try {
      String folder = new StreamsConfig(properties).getString(StreamsConfig.STATE_DIR_CONFIG);
      StrayCheckpoints.delete(Path.of(folder, settings.applicationId()));
      KafkaStreams streams =
          new KafkaStreams(
              topology,
              properties,
              new NamedTransactions(settings.applicationId(), settings.member()));
      streams.setUncaughtExceptionHandler(this::onUncaught);
      streams.setGlobalStateRestoreListener(restoration);
      running = Optional.of(streams);
      streams.start();
      clock.start();
    } catch (KafkaException | IllegalStateException refused) {
      throw new StartException("the streams cannot start: " + refused.getMessage(), refused);
    }
    LOG.info("streams started: {}", settings);
  }

  private StreamThreadExceptionResponse onUncaught(Throwable failure) {
    if (StreamsFailure.isPassing(failure)) {
      LOG.warn("a stream thread failed and is replaced", failure);
      return StreamThreadExceptionResponse.REPLACE_THREAD;
    }
    LOG.error("the streams failed and end", failure);
    failed = Optional.of(failure);
    failureListener.accept(failure);
    return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
  }

  private void onClockSetBack(Duration back) {
    String sentence =
        "the machine's clock was set back by "
            + Wording.time(back)
            + ": Kafka Streams would not commit before it is where it was, start again";
    LOG.error(sentence);
    failureListener.accept(new IllegalStateException(sentence));
  }

  /** Whether every task of this instance runs on its whole state. */
  public boolean isReady() {
    return waitingFor().isEmpty();
  }

  /** What is missing until then, in a sentence. */
  public Optional<String> waitingFor() {
    return switch (state()) {
      case RUNNING -> StuckThreads.among(kafkaStreams().metrics().values());
      case CREATED -> Optional.of("the streams have not started");
      case REBALANCING ->
          restoration.toGo().or(() -> Optional.of("partitions are being handed out"));
      default -> Optional.of("the streams are ending");
    };
  }

  /** That the streams have failed, in a sentence; this program ends then. */
  public Optional<String> illness() {
    return switch (state()) {
      case PENDING_ERROR, ERROR -> Optional.of("the streams have failed: the log says why");
      default -> Optional.empty();
    };
  }

  /** Before {@link #start} it is {@code CREATED}. */
  public KafkaStreams.State state() {
    return running.map(KafkaStreams::state).orElse(KafkaStreams.State.CREATED);
  }

  /**
   * For the binder of its metrics.
   *
   * @throws IllegalStateException before {@link #start}
   */
  public KafkaStreams kafkaStreams() {
    return running.orElseThrow(() -> new IllegalStateException("the streams are not started"));
  }

  /**
   * Ends within 10 s. One that the operator has given a name (group.instance.id) is expected back
   * and keeps its partitions; any other leaves them to the rest at once.
   */
  @Override
  public void close() {
    clock.close();
    Farewell farewell = new Farewell(settings);
    running.ifPresent(
        streams -> {
          if (!streams.close(farewell.within(CLOSING))) {
            LOG.warn("the streams did not end within {} s", CLOSING.toSeconds());
          }
        });
    failed.ifPresent(farewell::after);
  }
}
