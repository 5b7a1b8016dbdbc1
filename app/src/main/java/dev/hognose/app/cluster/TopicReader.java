package dev.hognose.app.cluster;

import dev.hognose.app.console.FailureException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** Reads topics of a cluster from one place on, for as long as it is let. */
public final class TopicReader implements AutoCloseable {

  private static final Duration CLOSING = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final org.apache.kafka.clients.consumer.Consumer<byte[], byte[]> consumer;

  private TopicReader(Cluster cluster) {
    this.cluster = cluster;
    this.consumer = cluster.consumer();
  }

  /** From the oldest record that is kept. */
  public static TopicReader fromBeginning(Cluster cluster, List<String> topics) {
    TopicReader reader = new TopicReader(cluster);
    reader.place(topics, reader.consumer::seekToBeginning);
    return reader;
  }

  /** Only what comes from now on. */
  public static TopicReader fromNow(Cluster cluster, List<String> topics) {
    TopicReader reader = new TopicReader(cluster);
    reader.place(topics, reader.consumer::seekToEnd);
    return reader;
  }

  /**
   * What has come, possibly nothing after this time.
   *
   * @throws FailureException when the cluster refuses
   */
  public Iterable<ConsumerRecord<byte[], byte[]>> poll(Duration atMost) {
    try {
      return consumer.poll(atMost);
    } catch (KafkaException failed) {
      throw cluster.refused(failed);
    }
  }

  /**
   * Asks whether there is still a broker: one that has gone looks like one with nothing to say.
   *
   * @throws FailureException when none answers
   */
  public void requireAnswer() {
    try {
      consumer.listTopics();
    } catch (KafkaException failed) {
      throw cluster.refused(failed);
    }
  }

  private void place(List<String> topics, Consumer<List<TopicPartition>> start) {
    try {
      List<TopicPartition> partitions = new ArrayList<>();
      topics.forEach(topic -> partitions.addAll(partitions(topic)));
      consumer.assign(partitions);
      start.accept(partitions);
      // Seeking is put off until a position is asked for: records that come before that are missed.
      partitions.forEach(consumer::position);
    } catch (KafkaException failed) {
      close();
      throw cluster.refused(failed);
    } catch (FailureException failed) {
      close();
      throw failed;
    }
  }

  private List<TopicPartition> partitions(String topic) {
    List<PartitionInfo> partitions = consumer.partitionsFor(topic);
    if (partitions == null || partitions.isEmpty()) {
      throw new FailureException(
          topic + ": not on " + cluster.bootstrapServers() + ", hognose topics --create makes it");
    }
    return partitions.stream()
        .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
        .toList();
  }

  @Override
  public void close() {
    consumer.close(CloseOptions.timeout(CLOSING));
  }
}
