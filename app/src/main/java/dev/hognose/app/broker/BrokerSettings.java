package dev.hognose.app.broker;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/**
 * A Kafka broker that is its own controller, small, for one machine and a short life.
 *
 * @param data its folder; nothing else may be in it
 * @param clusterId told by the broker to whoever asks; that is how to know that it is this one
 * @param more properties of Kafka that go before ours; listeners, and the addresses told of them,
 *     are added to ours
 */
record BrokerSettings(
    Path data, String clusterId, int port, int controllerPort, Map<String, String> more) {

  /** Of Kafka's own topics; more only cost time to create. */
  private static final String INTERNAL_PARTITIONS = "4";

  private static final String LISTENERS = "listeners";
  private static final String ADVERTISED = "advertised.listeners";

  BrokerSettings {
    more = Map.copyOf(more);
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  Properties properties() {
    Properties properties = new Properties();
    properties.setProperty("process.roles", "broker,controller");
    properties.setProperty("node.id", "1");
    properties.setProperty("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
    properties.setProperty("controller.listener.names", "CONTROLLER");
    properties.setProperty("log.dirs", data.toString());
    properties.setProperty("auto.create.topics.enable", "false");
    oneCopyOfInternalTopics(properties);
    lightOnMemory(properties);
    quickAfterAKill(properties);
    properties.putAll(more);
    properties.setProperty(LISTENERS, listeners());
    if (more.containsKey(ADVERTISED)) {
      properties.setProperty(
          ADVERTISED, "PLAINTEXT://" + bootstrapServers() + "," + more.get(ADVERTISED));
    }
    return properties;
  }

  private String listeners() {
    String ours = "PLAINTEXT://" + bootstrapServers() + ",CONTROLLER://127.0.0.1:" + controllerPort;
    return more.containsKey(LISTENERS) ? ours + "," + more.get(LISTENERS) : ours;
  }

  private static void oneCopyOfInternalTopics(Properties properties) {
    properties.setProperty("offsets.topic.replication.factor", "1");
    properties.setProperty("offsets.topic.num.partitions", INTERNAL_PARTITIONS);
    properties.setProperty("transaction.state.log.replication.factor", "1");
    properties.setProperty("transaction.state.log.min.isr", "1");
    properties.setProperty("transaction.state.log.num.partitions", INTERNAL_PARTITIONS);
    properties.setProperty("share.coordinator.state.topic.replication.factor", "1");
    properties.setProperty("share.coordinator.state.topic.min.isr", "1");
    properties.setProperty("share.coordinator.state.topic.num.partitions", INTERNAL_PARTITIONS);
    properties.setProperty("group.initial.rebalance.delay.ms", "0");
  }

  private static void lightOnMemory(Properties properties) {
    // By default the cleaner takes 128 MiB of heap.
    properties.setProperty("log.cleaner.dedupe.buffer.size", "2097152");
    properties.setProperty("num.network.threads", "2");
    properties.setProperty("num.io.threads", "4");
  }

  /** Up again within 7 s; still shorter sessions run out on a machine that is busy. */
  private static void quickAfterAKill(Properties properties) {
    properties.setProperty("broker.session.timeout.ms", "5000");
    properties.setProperty("broker.heartbeat.interval.ms", "500");
  }
}
