package dev.hognose.app;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records as the agent does, in order and acknowledged. */
public final class Publisher implements AutoCloseable {

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final KafkaProducer<byte[], byte[]> producer;

  public Publisher(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.COMPRESSION_TYPE_CONFIG,
                "lz4"),
            new ByteArraySerializer(),
            new ByteArraySerializer());
  }

  /** Returns when the broker has them all. */
  public void send(List<ProducerRecord<byte[], byte[]>> records) throws Exception {
    for (var sent : records.stream().map(producer::send).toList()) {
      sent.get();
    }
  }

  @Override
  public void close() {
    producer.close(CLOSING);
  }
}
