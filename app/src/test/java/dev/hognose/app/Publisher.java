package dev.hognose.app;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends records as the agent does, in order and acknowledged. */
public final class Publisher implements AutoCloseable {

  private static final Duration CLOSING = Duration.ofSeconds(5);

  private final KafkaProducer<byte[], byte[]> producer;

  public Publisher(String bootstrapServers) {
    this(bootstrapServers, new Properties());
  }

  /** With properties of Kafka's, for security and the like. */
  public Publisher(String bootstrapServers, Properties client) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // On a machine with thirty runnable threads an answer came so late that the broker refused all
    // numbers of the producer from then on. One request at a time keeps the order without numbers,
    // and what is sent twice the intake knows.
    properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    properties.putAll(client);
    producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
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
