import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedOutputStream;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.v2.Sample;
import dev.hognose.wire.Topics;
import dev.hognose.wire.message.RecordJson;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
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
 * What a sample takes on a broker's disk: FOLDER table|json COMMAND...
 *
 * <p>The command runs a process under the agent, which sends its samples itself, with its own client,
 * each in a batch of its own as they are a second apart; what is told is the length of the broker's
 * log by the number of records: batch and key are part of it. The same figures are sent as JSON and
 * as OTLP metrics, an export request a sample.
 */
public final class WireBench {

  private static final Duration DEFAULT_INTERVAL = Duration.ofSeconds(10);
  private static final int RELAYED = 100;

  /** A row in the shape of all benches. */
  private record Row(String question, double ours, String unit, double bar, Map<String, Double> peers) {

    double ratio() {
      return peers.values().stream().mapToDouble(each -> ours / each).max().orElse(Double.NaN);
    }

    String json() {
      StringBuilder others = new StringBuilder();
      peers.forEach(
          (name, figure) ->
              others.append(others.length() == 0 ? "" : ", ").append('"').append(name).append("\": ").append(number(figure)));
      return String.format(
          Locale.ROOT,
          "{\"question\": \"%s\", \"ours\": %s, \"unit\": \"%s\", \"limit\": null, \"peers\": {%s}, \"ratio\": %s,"
              + " \"bar\": %s, \"met\": %s}",
          question, number(ours), unit, others, peers.isEmpty() ? "null" : number(ratio()),
          bar > 0 ? "\"<= " + number(bar) + "\"" : "null", bar > 0 ? ours <= bar : "null");
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT, "%-58s %8s %-4s %9s %6s  %s",
          question, number(ours), unit, bar > 0 ? "<= " + number(bar) : "",
          bar > 0 ? (ours <= bar ? "met" : "MISSED") : "", peers.isEmpty()
              ? ""
              : "beside " + peers.entrySet().stream().map(each -> each.getKey() + " " + number(each.getValue())).collect(java.util.stream.Collectors.joining(", ")));
    }

    static String number(double value) {
      return String.format(Locale.ROOT, value < 10 ? "%.2f" : "%.0f", value);
    }
  }

  private final Path folder;
  private final EmbeddedBroker broker;

  private WireBench(Path folder, EmbeddedBroker broker) {
    this.folder = folder;
    this.broker = broker;
  }

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    List<String> command = List.of(arguments).subList(2, arguments.length);
    List<Row> rows;
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      rows = new WireBench(folder.resolve("broker"), broker).rows(command);
    }
    if (arguments[1].equals("json")) {
      System.out.println(rows.stream().map(Row::json).toList().toString().replace("}, {", "},\n {"));
    } else {
      rows.forEach(System.out::println);
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
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("bytes of a sample, without key and batch", value, "B", 600, Map.of()));
    rows.add(new Row("bytes of a sample on disk, each in a batch of its own", ours, "B", 400, peers(json, otlp)));
    rows.add(new Row("the same with zstd", zstd, "B", 0, Map.of("as it is", ours)));
    rows.add(new Row("megabytes of a process a day at the defaults", ours * perDay / 1e6, "MB", 3.5, peers(json * perDay / 1e6, otlp * perDay / 1e6)));
    rows.add(new Row("the same through a relay that batches " + RELAYED + " samples", relayed(samples), "B", 0, Map.of()));
    return rows;
  }

  /** What it says, in the words that people read. */
  private static JsonNode told(ConsumerRecord<byte[], byte[]> sample) {
    return RecordJson.of(sample.topic(), sample.key(), sample.value());
  }

  private static Map<String, Double> peers(double json, double otlp) {
    Map<String, Double> peers = new LinkedHashMap<>();
    peers.put("json", json);
    peers.put("otlp", otlp);
    return peers;
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

  /** An ExportMetricsServiceRequest, field numbers of opentelemetry-proto 1.x; units and temporality included, descriptions left out. */
  private static final class Otlp {

    private interface Fields {
      void write(CodedOutputStream out) throws IOException;
    }

    private static final Set<String> HEAD = Set.of("sequence", "interval_ms", "at_ms");

    static byte[] of(JsonNode sample) {
      return message(
          request ->
              request.writeByteArray(
                  1,
                  message(
                      resourceMetrics -> {
                        resourceMetrics.writeByteArray(1, resource(sample));
                        resourceMetrics.writeByteArray(
                            2,
                            message(
                                scope -> {
                                  scope.writeByteArray(1, message(it -> it.writeString(1, "hognose")));
                                  for (byte[] metric : metrics(sample)) {
                                    scope.writeByteArray(2, metric);
                                  }
                                }));
                      })));
    }

    private static byte[] resource(JsonNode sample) {
      JsonNode process = sample.get("process");
      return message(
          out -> {
            out.writeByteArray(1, text("service.name", process.get("service").asText()));
            out.writeByteArray(1, text("service.version", sample.get("version").asText()));
            out.writeByteArray(1, text("host.name", process.get("host").asText()));
            out.writeByteArray(1, text("process.pid", process.get("pid").asText()));
          });
    }

    private static byte[] text(String key, String value) {
      return message(
          out -> {
            out.writeString(1, key);
            out.writeByteArray(2, message(any -> any.writeString(1, value)));
          });
    }

    /** One for every figure that is there; those of a thread, a loop or a generation have it as an attribute. */
    private static List<byte[]> metrics(JsonNode sample) {
      List<byte[]> metrics = new ArrayList<>();
      sample
          .properties()
          .forEach(
              field -> {
                if (field.getValue().isNumber() && !HEAD.contains(field.getKey())) {
                  figure("process." + field.getKey(), field.getValue(), sample, List.of(), metrics);
                }
              });
      int number = 0;
      for (JsonNode each : sample.at("/gc/generation")) {
        List<byte[]> generation = List.of(text("generation", "" + number++));
        for (String name : List.of("collections_total", "collected_total", "uncollectable_total")) {
          figure("python.gc." + name, each.get(name), sample, generation, metrics);
        }
      }
      metrics.add(histogram("python.gc.pause", sample.at("/gc/pause_seconds"), sample, List.of()));
      metrics.add(histogram("python.gil.wait", sample.get("gil_wait_seconds"), sample, List.of()));
      for (JsonNode loop : sample.get("loops")) {
        List<byte[]> name = List.of(text("loop", loop.get("name").asText()), text("kind", loop.get("kind").asText()));
        metrics.add(histogram("python.loop.lag", loop.get("lag_seconds"), sample, name));
        figure("python.loop.blocked_total", loop.get("blocked_seconds_total"), sample, name, metrics);
        figure("python.loop.tasks", loop.get("tasks"), sample, name, metrics);
      }
      for (JsonNode thread : sample.get("thread_cpu")) {
        List<byte[]> name = List.of(text("thread", thread.get("name").asText()));
        figure("python.thread.cpu_total", thread.get("cpu_seconds_total"), sample, name, metrics);
        figure("python.thread.runqueue_total", thread.get("runqueue_seconds_total"), sample, name, metrics);
      }
      figure("agent.cpu_total", sample.at("/agent/cpu_seconds_total"), sample, List.of(), metrics);
      figure("agent.tick", sample.at("/agent/tick_max_seconds"), sample, List.of(), metrics);
      figure("agent.gil_hold", sample.at("/agent/gil_hold_max_seconds"), sample, List.of(), metrics);
      return metrics;
    }

    private static void figure(String name, JsonNode value, JsonNode sample, List<byte[]> attributes, List<byte[]> metrics) {
      boolean isTotal = name.endsWith("_total");
      byte[] point =
          message(
              out -> {
                for (byte[] each : attributes) {
                  out.writeByteArray(7, each);
                }
                times(out, isTotal, sample);
                if (value.isDouble()) {
                  out.writeDouble(4, value.doubleValue());
                } else {
                  out.writeSFixed64(6, value.longValue());
                }
              });
      metrics.add(
          message(
              out -> {
                out.writeString(1, name);
                out.writeString(3, name.contains("bytes") ? "By" : name.contains("seconds") ? "s" : "1");
                out.writeByteArray(
                    isTotal ? 7 : 5,
                    message(
                        data -> {
                          data.writeByteArray(1, point);
                          if (isTotal) {
                            data.writeEnum(2, 2);
                            data.writeBool(3, true);
                          }
                        }));
              }));
    }

    private static byte[] histogram(String name, JsonNode histogram, JsonNode sample, List<byte[]> attributes) {
      JsonNode counts = histogram.get("counts");
      int buckets = counts.size();
      long count = 0;
      for (JsonNode each : counts) {
        count += each.longValue();
      }
      long all = count;
      byte[] point =
          message(
              out -> {
                for (byte[] each : attributes) {
                  out.writeByteArray(9, each);
                }
                times(out, true, sample);
                out.writeFixed64(4, all);
                out.writeDouble(5, histogram.get("sum_seconds").doubleValue());
                out.writeTag(6, 2);
                out.writeUInt32NoTag(buckets * 8);
                for (JsonNode each : counts) {
                  out.writeFixed64NoTag(each.longValue());
                }
                out.writeTag(7, 2);
                out.writeUInt32NoTag(Math.max(0, buckets - 1) * 8);
                for (int i = 1; i < buckets; i++) {
                  out.writeDoubleNoTag(i / 1000.0);
                }
              });
      return message(
          out -> {
            out.writeString(1, name);
            out.writeString(3, "s");
            out.writeByteArray(
                9,
                message(
                    data -> {
                      data.writeByteArray(1, point);
                      data.writeEnum(2, 2);
                    }));
          });
    }

    private static void times(CodedOutputStream out, boolean isTotal, JsonNode sample) throws IOException {
      if (isTotal) {
        out.writeFixed64(2, sample.at("/process/started_at_ms").longValue() * 1_000_000);
      }
      out.writeFixed64(3, sample.get("at_ms").longValue() * 1_000_000);
    }

    private static byte[] message(Fields fields) {
      try {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
      } catch (IOException impossible) {
        throw new UncheckedIOException(impossible);
      }
    }
  }
}
