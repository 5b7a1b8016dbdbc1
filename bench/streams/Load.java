import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.sample.Sample;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Samples of made-up processes on a broker, as agents would have sent them.
 *
 * @param from when the processes began to speak
 */
record Load(int processes, long each, Duration apart, Instant from) {

  private static final int PARTITIONS = 4;

  /** To where streams forward them that do no more. */
  static final String FORWARDED = "forwarded";

  /** That ends about now. */
  Load(int processes, long each, Duration apart) {
    this(
        processes, each, apart, Instant.now().minus(apart.multipliedBy(each)).minusSeconds(60));
  }

  long samples() {
    return processes * each;
  }

  /**
   * Creates the topics and writes all samples.
   *
   * @return the bytes of one value
   */
  int writeTo(String servers) throws Exception {
    create(servers);
    return fill(servers, 0, each);
  }

  /** Writes one sample more of each process, after all others. */
  void goOn(String servers) throws Exception {
    fill(servers, each, each + 1);
  }

  private static void create(String servers) throws Exception {
    Properties client = new Properties();
    try (ClusterTopics topics = new ClusterTopics(new Cluster(servers, client));
        Admin admin = new Cluster(servers, client).admin()) {
      topics.createMissing(PARTITIONS, Optional.of((short) 1));
      admin.createTopics(List.of(new NewTopic(FORWARDED, PARTITIONS, (short) 1))).all().get();
    }
  }

  private int fill(String servers, long first, long end) throws Exception {
    SampleCodec codec = new SampleCodec();
    byte[] golden = Files.readAllBytes(Path.of("../../proto/golden/v1sample.bin"));
    MadeUpSamples made = new MadeUpSamples(codec.decode(null, golden), from, apart);
    Properties settings = new Properties();
    settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 50);
    settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    // A broker forgets a producer whose records are older than a day, and refuses what it says next.
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, false);
    settings.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
    int bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long n = first; n < end; n++) {
        for (int p = 0; p < processes; p++) {
          Instant at = from.plus(apart.multipliedBy(n)).plusMillis(p % 10_000);
          Sample sample = made.of(p, n, at);
          byte[] value = codec.encode(sample);
          bytes = value.length;
          ProducerRecord<byte[], byte[]> record =
              new ProducerRecord<>(
                  Topics.SAMPLES.name(),
                  null,
                  at.toEpochMilli(),
                  sample.process().key().getBytes(StandardCharsets.UTF_8),
                  value);
          producer.send(record);
        }
      }
    }
    return bytes;
  }
}
