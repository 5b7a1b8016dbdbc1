package dev.hognose.app.topics;

import java.util.Map;

/**
 * A topic as a cluster has it.
 *
 * @param config by Kafka's names, defaults included
 */
record TopicState(String name, int partitions, int replication, Map<String, String> config) {

  TopicState {
    config = Map.copyOf(config);
  }
}
