import com.google.protobuf.CodedOutputStream;
import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.v1.Histogram;
import dev.hognose.v1.Sample;
import dev.hognose.wire.Capture;
import dev.hognose.wire.RecordJson;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
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
import java.util.Optional;
import java.util.Properties;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * What a sample takes on a broker's disk: CAPTURE FOLDER table|json.
 *
 * <p>The samples of an agent's file are sent one by one, each in a batch of its own, as a process
 * does that samples itself every ten seconds; lz4 and the schema header are the agent's. The same
 * figures are sent as JSON and as OTLP metrics, an export request a sample. What is told is the
 * length of the broker's log by the number of records: batch, key and headers are part of it.
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
    List<ConsumerRecord<byte[], byte[]>> samples = samples(Path.of(arguments[0]));
    Path folder = Path.of(arguments[1]);
    List<Row> rows;
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      rows = new WireBench(folder.resolve("broker"), broker).rows(samples);
    }
    if (arguments[2].equals("json")) {
      System.out.println(rows.stream().map(Row::json).toList().toString().replace("}, {", "},\n {"));
    } else {
      System.out.printf("%d samples of one process, each in a batch of its own, lz4%n", samples.size());
      rows.forEach(System.out::println);
    }
    System.exit(0);
  }

  private static List<ConsumerRecord<byte[], byte[]>> samples(Path file) throws IOException {
    List<ConsumerRecord<byte[], byte[]>> samples = new ArrayList<>();
    try (Capture capture = Capture.open(file)) {
      Optional<ConsumerRecord<byte[], byte[]>> next = capture.next();
      while (next.isPresent()) {
        if (next.get().topic().equals(Topics.SAMPLES.name())) {
          samples.add(next.get());
        }
        next = capture.next();
      }
    }
    // The first is without the differences that a later one has.
    return samples.subList(1, samples.size());
  }

  private List<Row> rows(List<ConsumerRecord<byte[], byte[]>> samples) throws Exception {
    double value = samples.stream().mapToInt(each -> each.value().length).average().orElseThrow();
    double ours = alone("ours", samples, ConsumerRecord::value);
    double json = alone("json", samples, each -> RecordJson.of(each.topic(), each.value()).toString().getBytes(StandardCharsets.UTF_8));
    double otlp = alone("otlp", samples, each -> Otlp.of(parsed(each.value())));
    double zstd = alone("zstd", samples, ConsumerRecord::value);
    double perDay = Duration.ofDays(1).dividedBy(DEFAULT_INTERVAL);
    List<Row> rows = new ArrayList<>();
    rows.add(new Row("bytes of a sample, without key and batch", value, "B", 600, Map.of()));
    rows.add(new Row("bytes of a sample on disk, each in a batch of its own", ours, "B", 400, peers(json, otlp)));
    rows.add(new Row("the same with zstd", zstd, "B", 0, Map.of("lz4", ours)));
    rows.add(new Row("megabytes of a process a day at the defaults", ours * perDay / 1e6, "MB", 3.5, peers(json * perDay / 1e6, otlp * perDay / 1e6)));
    rows.add(new Row("the same through a relay that batches " + RELAYED + " samples", relayed(samples), "B", 0, Map.of()));
    return rows;
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
          sample.getProcessBuilder().setHost("web-" + process * 7919 % 1000).setPid(1000 + process * 31);
          sample.setRssBytes(sample.getRssBytes() + process * 1_234_567L).setSequence(sample.getSequence() + process * 17L);
          String key = String.join("/", sample.getProcess().getService(), sample.getProcess().getHost(), "" + sample.getProcess().getPid(), "" + sample.getProcess().getStartedAtMs());
          producer.send(record("relayed", key.getBytes(StandardCharsets.UTF_8), sample.build().toByteArray(), each.timestamp()));
          sent++;
        }
        producer.flush();
      }
    }
    return (double) onDisk("relayed") / sent;
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, byte[] key, byte[] value, long atMs) {
    ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, 0, atMs, key, value);
    record.headers().add(Schema.HEADER, Schema.header());
    return record;
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

    static byte[] of(Sample sample) {
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

    private static byte[] resource(Sample sample) {
      return message(
          out -> {
            out.writeByteArray(1, text("service.name", sample.getProcess().getService()));
            out.writeByteArray(1, text("service.version", sample.getVersion()));
            out.writeByteArray(1, text("host.name", sample.getProcess().getHost()));
            out.writeByteArray(1, text("process.pid", "" + sample.getProcess().getPid()));
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
    private static List<byte[]> metrics(Sample sample) {
      List<byte[]> metrics = new ArrayList<>();
      sample.getAllFields()
          .forEach(
              (field, value) -> {
                boolean isTotal = field.getName().endsWith("_total");
                if (value instanceof Number number && field.getNumber() > 5) {
                  metrics.add(figure("process." + field.getName(), number, isTotal, sample, List.of()));
                }
              });
      for (int i = 0; i < sample.getGc().getGenerationCount(); i++) {
        List<byte[]> generation = List.of(text("generation", "" + i));
        metrics.add(figure("python.gc.collections", sample.getGc().getGeneration(i).getCollectionsTotal(), true, sample, generation));
        metrics.add(figure("python.gc.collected", sample.getGc().getGeneration(i).getCollectedTotal(), true, sample, generation));
        metrics.add(figure("python.gc.uncollectable", sample.getGc().getGeneration(i).getUncollectableTotal(), true, sample, generation));
      }
      metrics.add(histogram("python.gc.pause", sample.getGc().getPauseSeconds(), sample, List.of()));
      metrics.add(histogram("python.gil.wait", sample.getGilWaitSeconds(), sample, List.of()));
      sample.getLoopsList()
          .forEach(
              loop -> {
                List<byte[]> name = List.of(text("loop", loop.getName()), text("kind", loop.getKind()));
                metrics.add(histogram("python.loop.lag", loop.getLagSeconds(), sample, name));
                metrics.add(figure("python.loop.blocked", loop.getBlockedSecondsTotal(), true, sample, name));
                metrics.add(figure("python.loop.tasks", loop.getTasks(), false, sample, name));
              });
      sample.getThreadCpuList()
          .forEach(
              thread -> {
                List<byte[]> name = List.of(text("thread", thread.getName()));
                metrics.add(figure("python.thread.cpu", thread.getCpuSecondsTotal(), true, sample, name));
                metrics.add(figure("python.thread.runqueue", thread.getRunqueueSecondsTotal(), true, sample, name));
              });
      metrics.add(figure("agent.cpu", sample.getAgent().getCpuSecondsTotal(), true, sample, List.of()));
      metrics.add(figure("agent.tick", sample.getAgent().getTickMaxSeconds(), false, sample, List.of()));
      metrics.add(figure("agent.gil_hold", sample.getAgent().getGilHoldMaxSeconds(), false, sample, List.of()));
      return metrics;
    }

    private static byte[] figure(String name, Number value, boolean isTotal, Sample sample, List<byte[]> attributes) {
      byte[] point =
          message(
              out -> {
                for (byte[] each : attributes) {
                  out.writeByteArray(7, each);
                }
                times(out, isTotal, sample);
                if (value instanceof Double || value instanceof Float) {
                  out.writeDouble(4, value.doubleValue());
                } else {
                  out.writeSFixed64(6, value.longValue());
                }
              });
      return message(
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
          });
    }

    private static byte[] histogram(String name, Histogram histogram, Sample sample, List<byte[]> attributes) {
      long count = histogram.getCountsList().stream().mapToLong(Long::longValue).sum();
      int buckets = histogram.getCountsCount();
      byte[] point =
          message(
              out -> {
                for (byte[] each : attributes) {
                  out.writeByteArray(9, each);
                }
                times(out, true, sample);
                out.writeFixed64(4, count);
                out.writeDouble(5, histogram.getSumSeconds());
                out.writeTag(6, 2);
                out.writeUInt32NoTag(buckets * 8);
                for (long each : histogram.getCountsList()) {
                  out.writeFixed64NoTag(each);
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

    private static void times(CodedOutputStream out, boolean isTotal, Sample sample) throws IOException {
      if (isTotal) {
        out.writeFixed64(2, sample.getProcess().getStartedAtMs() * 1_000_000);
      }
      out.writeFixed64(3, sample.getAtMs() * 1_000_000);
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
