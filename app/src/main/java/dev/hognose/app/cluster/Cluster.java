package dev.hognose.app.cluster;

import dev.hognose.app.console.FailureException;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.wire.client.AccessRefusal;
import dev.hognose.wire.client.ClientRefusal;
import dev.hognose.wire.client.GroupMember;
import java.time.Duration;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * A Kafka cluster as this program's own commands reach it.
 *
 * @param client Kafka's own properties, for security and the like
 */
public record Cluster(String bootstrapServers, Properties client) {

  /** How long a broker may take to answer before a person is told that none does. */
  public static final Duration PATIENCE = Duration.ofSeconds(10);

  /** The cluster that is named on the command line, else in the settings, if any. */
  public static Optional<Cluster> from(Optional<String> named, Env env) {
    String bootstrapServers = env.text("BOOTSTRAP_SERVERS", "");
    Properties client = env.kafka();
    return named
        .or(() -> Optional.of(bootstrapServers))
        .filter(address -> !address.isBlank())
        .map(address -> new Cluster(address, client));
  }

  /**
   * An administrator.
   *
   * @throws SettingException when the address or a property cannot be used
   */
  public Admin admin() {
    return connected(() -> Admin.create(properties()));
  }

  /** A consumer that belongs to no group and reads only what was committed. */
  public Consumer<byte[], byte[]> consumer() {
    Properties properties = properties();
    properties.putIfAbsent(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    properties.putIfAbsent(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, "false");
    // Whoever only looks makes no topic, where a broker would let it.
    properties.putIfAbsent(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, "false");
    ByteArrayDeserializer bytes = new ByteArrayDeserializer();
    return connected(() -> new KafkaConsumer<>(properties, bytes, bytes));
  }

  /**
   * Waits for an answer of the cluster.
   *
   * @throws FailureException when none comes in time, or a refusal
   */
  public <T> T answer(KafkaFuture<T> asked) {
    try {
      return asked.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException silent) {
      throw noBroker(silent);
    } catch (ExecutionException failed) {
      throw refused(failed.getCause() == null ? failed : failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FailureException(bootstrapServers + ": interrupted while waiting", interrupted);
    }
  }

  /** What to tell of an exception that Kafka's client threw. */
  public FailureException refused(Throwable failure) {
    return failure instanceof org.apache.kafka.common.errors.TimeoutException
        ? noBroker(failure)
        : new FailureException(
            bootstrapServers
                + ": "
                + AccessRefusal.sentence(failure).orElse(String.valueOf(failure.getMessage())),
            failure);
  }

  /** What to tell when nothing has come for so long. */
  public FailureException silent() {
    return new FailureException(noAnswer());
  }

  private FailureException noBroker(Throwable silent) {
    return new FailureException(noAnswer(), silent);
  }

  private String noAnswer() {
    return bootstrapServers
        + ": no answer within "
        + PATIENCE.toSeconds()
        + " s, expected a Kafka broker";
  }

  private Properties properties() {
    Properties properties = new Properties();
    properties.putAll(client);
    // Commands join no group, whatever is set for the programs beside them.
    properties.remove(GroupMember.PROPERTY);
    properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    String patience = Long.toString(PATIENCE.toMillis());
    properties.putIfAbsent(CommonClientConfigs.DEFAULT_API_TIMEOUT_MS_CONFIG, patience);
    properties.putIfAbsent(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, patience);
    return properties;
  }

  private <T> T connected(Connection<T> connection) {
    try {
      return connection.open();
    } catch (KafkaException unusable) {
      throw new SettingException(
          "Kafka client for " + bootstrapServers + ": " + ClientRefusal.reason(unusable));
    }
  }

  private interface Connection<T> {
    T open();
  }
}
