package dev.hognose.app.broker;

import dev.hognose.app.console.FailureException;
import java.nio.file.Path;
import java.util.Map;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;

/** A real Kafka broker in this JVM, on free ports of 127.0.0.1. */
public final class EmbeddedBroker implements AutoCloseable {

  private final BrokerSettings settings;
  private final KafkaRaftServer server;

  private EmbeddedBroker(BrokerSettings settings) {
    this.settings = settings;
    this.server = new KafkaRaftServer(new KafkaConfig(settings.properties(), false), Time.SYSTEM);
  }

  /**
   * Starts one and waits until it answers.
   *
   * @param data its folder, which is made and stays behind; a broker on it again is the same one
   * @throws FailureException when it does not start, or another broker answers at its port
   */
  public static EmbeddedBroker start(Path data) {
    return start(data, Map.of());
  }

  /**
   * Starts one with further properties of Kafka, for listeners with security and the like.
   *
   * @param more go before ours; {@code listeners} are added to the plain one, which is asked
   *     whether the broker answers
   */
  public static EmbeddedBroker start(Path data, Map<String, String> more) {
    BrokerSettings settings = FormattedFolder.at(data, more);
    EmbeddedBroker broker = new EmbeddedBroker(settings);
    try {
      broker.server.startup();
      Identity.check(settings.bootstrapServers(), settings.clusterId());
    } catch (RuntimeException failed) {
      broker.close();
      throw failed;
    }
    return broker;
  }

  public String bootstrapServers() {
    return settings.bootstrapServers();
  }

  String clusterId() {
    return settings.clusterId();
  }

  @Override
  public void close() {
    server.shutdown();
    server.awaitShutdown();
  }
}
