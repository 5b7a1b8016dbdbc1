import com.fasterxml.jackson.databind.JsonNode;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.v2.Sample;
import dev.hognose.wire.Topics;
import dev.hognose.wire.message.RecordJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a sample takes on a broker's disk: table|json COMMAND...
 *
 * <p>The command runs a process under the agent, which sends its samples itself, with its own client,
 * each in a batch of its own as they are a second apart; what is told is the length of the broker's
 * log by the number of records: batch and key are part of it. The same figures are sent as JSON and
 * as OTLP metrics, an export request a sample.
 */
public final class WireBench {

  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
  private static final int RELAYED = 100;

  private final Path folder;
  private final EmbeddedBroker broker;

  private WireBench(Path folder, EmbeddedBroker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  public static void main(String[] arguments) throws Exception {
    boolean asJson = arguments[0].equals("json");
    List<String> command = List.of(arguments).subList(1, arguments.length);
    Path folder = Files.createTempDirectory("wire").resolve("broker");
    System.setProperty("hognose.log", folder.resolveSibling("broker.log").toString());
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder)) {
      Row.tell(new WireBench(folder, broker).rows(command), asJson);
    }
    System.exit(0);
  }

  /** Of the process that the command runs, and its agent sends. */
  private List<ConsumerRecord<byte[], byte[]>> sent(List<String> command) throws Exception {
    create(Topics.SAMPLES.name());
    create(Topics.EVENTS.name());
    ProcessBuilder process = new ProcessBuilder(command).inheritIO();
    process.environment().put("HOGNOSE_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    int exitCode = process.start().waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException(command + ": exit code " + exitCode);
    }
    List<ConsumerRecord<byte[], byte[]>> samples = new ArrayList<>();
    TopicPartition partition = new TopicPartition(Topics.SAMPLES.name(), 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(
            Map.of("bootstrap.servers", broker.bootstrapServers()),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      consumer.seekToBeginning(List.of(partition));
      long end = consumer.endOffsets(List.of(partition)).get(partition);
      while (consumer.position(partition) < end) {
        consumer.poll(Duration.ofMillis(100)).forEach(samples::add);
      }
    }
    return samples;
  }

  private List<Row> rows(List<String> command) throws Exception {
    List<ConsumerRecord<byte[], byte[]>> samples = sent(command);
    System.err.printf("%d samples of one process, as its agent sent them%n", samples.size());
    double ours = (double) onDisk(Topics.SAMPLES.name()) / samples.size();
    double value = samples.stream().mapToInt(each -> each.value().length).average().orElseThrow();
    double json = alone("json", samples, each -> told(each).toString().getBytes(StandardCharsets.UTF_8));
    double otlp = alone("otlp", samples, each -> Otlp.of(told(each)));
    double zstd = alone("zstd", samples, ConsumerRecord::value);
    double perDay = Duration.ofDays(1).dividedBy(DEFAULT_INTERVAL);
    String relay = "the same through a relay that batches " + RELAYED + " samples";
    return List.of(
        Row.of("bytes of a sample, without key and batch", value, "B").atMost(600),
        Row.of("bytes of a sample on disk, each in a batch of its own", ours, "B")
            .beside("json", json)
            .beside("otlp", otlp)
            .atMost(400),
        Row.of("the same with zstd", zstd, "B").beside("as it is", ours),
        Row.of("megabytes of a process a day at the defaults", ours * perDay / 1e6, "MB")
            .beside("json", json * perDay / 1e6)
            .beside("otlp", otlp * perDay / 1e6)
            .atMost(3.5),
        Row.of(relay, relayed(samples), "B"));
  }

  /** What it says, in the words that people read. */
  private static JsonNode told(ConsumerRecord<byte[], byte[]> sample) {
    return RecordJson.of(sample.topic(), sample.key(), sample.value());
  }

  private static Sample parsed(byte[] value) {
    try {
      return Sample.parseFrom(value);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Bytes on disk of each, when each is sent alone. */
  private double alone(String topic, List<ConsumerRecord<byte[], byte[]>> samples, Function<ConsumerRecord<byte[], byte[]>, byte[]> bytes) throws Exception {
    create(topic);
    try (KafkaProducer<byte[], byte[]> producer = producer(0, topic.equals("zstd") ? "zstd" : "lz4")) {
      for (ConsumerRecord<byte[], byte[]> each : samples) {
        producer.send(record(topic, each.key(), bytes.apply(each), each.timestamp())).get();
      }
    }
    return (double) onDisk(topic) / samples.size();
  }

  /** The same process under a hundred names, each with another of its samples, in one batch. */
  private double relayed(List<ConsumerRecord<byte[], byte[]>> samples) throws Exception {
    create("relayed");
    int sent = 0;
    try (KafkaProducer<byte[], byte[]> producer = producer(10_000, "lz4")) {
      for (int round = 0; round < 5; round++) {
        for (int process = 0; process < RELAYED; process++) {
          ConsumerRecord<byte[], byte[]> each = samples.get((round + process) % samples.size());
          Sample.Builder sample = parsed(each.value()).toBuilder();
          sample.getMemoryBuilder().setRssBytes(sample.getMemory().getRssBytes() + process * 1_234_567L);
          sample.setSequence(sample.getSequence() + process * 17L);
          String key = String.join("/", "checkout", "web-" + process * 7919 % 1000, "" + (1000 + process * 31), "1767225600000");
          producer.send(record("relayed", key.getBytes(StandardCharsets.UTF_8), sample.build().toByteArray(), each.timestamp()));
          sent++;
        }
        producer.flush();
      }
    }
    return (double) onDisk("relayed") / sent;
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, byte[] key, byte[] value, long atMs) {
    return new ProducerRecord<>(topic, 0, atMs, key, value);
  }

  private KafkaProducer<byte[], byte[]> producer(int lingerMs, String compression) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", broker.bootstrapServers());
    properties.put("compression.type", compression);
    properties.put("linger.ms", lingerMs);
    properties.put("batch.size", 1 << 18);
    return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  private void create(String topic) throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(topic, 1, (short) 1))).all().get();
    }
  }

  private long onDisk(String topic) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(each -> each.getParent().getFileName().toString().equals(topic + "-0"))
          .filter(each -> each.toString().endsWith(".log"))
          .mapToLong(each -> each.toFile().length())
          .sum();
    }
  }
}
