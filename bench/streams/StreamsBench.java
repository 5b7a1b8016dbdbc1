import dev.hognose.app.broker.EmbeddedBroker;
import dev.hognose.app.cluster.Cluster;
import dev.hognose.app.topics.ClusterTopics;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Memory;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import dev.hognose.wire.sample.SampleCodec;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Produced;

/**
 * How many samples a second pass through all topologies, one thread, exactly once, beside a plain
 * consumer that reads and decodes the same records and Streams that forwards them unjudged.
 *
 * <p>The three take turns on one broker in the same process. Each row tells the samples a second of
 * wall time, and the CPU time a sample of the thread that reads and of the clients' threads beside
 * it: the first depends on what else the machine does, the second hardly.
 */
public final class StreamsBench {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int PARTITIONS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final Duration INTERVAL = Duration.ofSeconds(10);

  /** The longest buckets of the leak's default policy, all of their ring and one more. */
  private static final Duration OLD = Duration.ofDays(5);

  private static final Duration OLD_INTERVAL = Duration.ofMinutes(1);
  private static final int OLD_PROCESSES = 40;

  private final String servers;
  private final Path folder;
  private final long samples;
  private final Duration apart;
  private final Map<String, List<Figures>> rows = new TreeMap<>();
  private int runs;

  record Figures(double perSecond, double readerMicros, double clientMicros) {

    double cpuMicros() {
      return readerMicros + clientMicros;
    }
  }

  private StreamsBench(String servers, Path folder, long samples, Duration apart) {
    this.servers = servers;
    this.folder = folder;
    this.samples = samples;
    this.apart = apart;
  }

  public static void main(String[] args) throws Exception {
    // As the program does: Kafka formats a sentence for most records.
    Locale.setDefault(Locale.Category.FORMAT, Locale.US);
    List<String> rest = new ArrayList<>(List.of(args));
    boolean json = rest.remove("--json");
    Map<String, Long> options = options(rest);
    int processes = Math.toIntExact(options.get("--processes"));
    long each = options.get("--samples");
    Path folder = Files.createTempDirectory("hognose-bench-streams");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      StreamsBench bench =
          new StreamsBench(broker.bootstrapServers(), folder, processes * each, INTERVAL);
      bench.create();
      int bytes = bench.fill(processes, each);
      System.out.printf(
          "%,d samples of %,d processes, %,d bytes a value%n", processes * each, processes, bytes);
      for (long round = 0; round < options.get("--rounds"); round++) {
        bench.run("1 consumer that decodes", bench::consume);
        bench.run("2 streams that forward", () -> bench.stream(bench.forward()));
        bench.run("3 hognose", () -> bench.hognose());
      }
      double young = bench.stateBytes() / (double) processes;
      double old = stateOfOldProcesses();
      bench.tell(json ? Optional.of(new States(young, old)) : Optional.empty());
    }
    System.exit(0);
  }

  /** Bytes that a process has in changelogs, keys included: one of this run, and one of days. */
  private record States(double young, double old) {}

  /** Every ring that fills within days is full then, and every reading that is kept is there. */
  private static double stateOfOldProcesses() throws Exception {
    Path folder = Files.createTempDirectory("hognose-bench-streams");
    try (EmbeddedBroker broker = EmbeddedBroker.start(folder.resolve("broker"))) {
      long each = OLD.dividedBy(OLD_INTERVAL);
      StreamsBench bench =
          new StreamsBench(broker.bootstrapServers(), folder, OLD_PROCESSES * each, OLD_INTERVAL);
      bench.create();
      bench.fill(OLD_PROCESSES, each);
      bench.runs++;
      bench.hognose();
      System.out.printf("%n%,d processes that are %d days old:", OLD_PROCESSES, OLD.toDays());
      return bench.stateBytes() / (double) OLD_PROCESSES;
    }
  }

  private static Map<String, Long> options(List<String> args) {
    Map<String, Long> options =
        new HashMap<>(Map.of("--processes", 2_000L, "--samples", 200L, "--rounds", 3L));
    if (args.remove("--short")) {
      options.putAll(Map.of("--processes", 1_000L, "--samples", 100L, "--rounds", 1L));
    }
    for (int i = 0; i < args.size(); i += 2) {
      if (!options.containsKey(args.get(i)) || i + 1 == args.size()) {
        System.err.println("run [--processes N] [--samples N-OF-EACH] [--rounds N] [--short] [--json]");
        System.exit(args.get(i).equals("--help") ? 0 : 2);
      }
      options.put(args.get(i), Long.parseLong(args.get(i + 1)));
    }
    return options;
  }

  private void create() throws Exception {
    Properties client = new Properties();
    try (ClusterTopics topics = new ClusterTopics(new Cluster(servers, client));
        Admin admin = new Cluster(servers, client).admin()) {
      topics.createMissing(PARTITIONS, Optional.of((short) 1));
      admin.createTopics(List.of(new NewTopic("forwarded", PARTITIONS, (short) 1))).all().get();
    }
  }

  /** As agents would have sent them; a tenth of the processes leak. */
  private int fill(int processes, long each) throws Exception {
    SampleCodec codec = new SampleCodec();
    Sample like =
        codec.decode(null, Files.readAllBytes(Path.of("../../proto/golden/v1sample.bin")));
    Instant from = Instant.now().minus(apart.multipliedBy(each)).minusSeconds(60);
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
      for (long n = 0; n < each; n++) {
        for (int p = 0; p < processes; p++) {
          Instant at = from.plus(apart.multipliedBy(n)).plusMillis(p % 10_000);
          Sample sample = sample(like, p, n, at, from);
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

  /** What counts has counted on: what stands still costs less to judge. */
  private Sample sample(Sample like, int process, long n, Instant at, Instant from) {
    long rss = (100L << 20) + (process % 10 == 0 ? n << 17 : 0) + (n * 7919 + process) % 4096 * 1024;
    Memory memory =
        new Memory(
            new Bytes(rss),
            Optional.of(new Bytes(rss)),
            Optional.empty(),
            rss / 128,
            Optional.empty(),
            Optional.empty(),
            like.memory().mallocUsed(),
            like.memory().mallocFree(), Optional.empty());
    return new Sample(
        new ProcessId("service-" + process % 97, "host-" + process / 97, 100 + process, from),
        n + 1,
        at,
        apart,
        "1.4.2",
        new Cpu(grown(like.cpu().user(), n, 400), grown(like.cpu().system(), n, 30)),
        memory,
        like.container(),
        like.kernel(),
        new GarbageCollector(
            like.gc().generations().stream()
                .map(each -> new GarbageCollector.Generation(
                    each.collections() + n, each.collected() + 7 * n, each.uncollectable()))
                .toList(),
            grown(like.gc().pause(), n, 0.0004), like.gc().frozen(), like.gc().garbage(), like.gc().mode()),
        like.loops().stream()
            .map(loop -> new EventLoop(
                loop.name(), loop.kind(), grown(loop.lag(), n, 0.003), loop.blocked(), loop.tasks(),
                loop.tasksByCoroutine().stream()
                    .map(each -> new TaskGroup(
                        each.coroutine(), each.count(), each.oldest().plus(apart.multipliedBy(n))))
                    .toList()))
            .toList(),
        grown(like.gilWait(), n, 0.002),
        like.threadCpu().stream()
            .map(each -> new ThreadCpu(each.name(), grown(each.cpu(), n, 300), grown(each.runQueue(), n, 5)))
            .toList(),
        like.nativePools(),
        like.counters().stream()
            .map(each -> new NamedCounter(
                each.name(), each.site(), each.total() + (process % 10 == 3 ? n / 20 : 0)))
            .toList(),
        like.agent());
  }

  private static Duration grown(Duration like, long n, long millisEach) {
    return like.plus(Duration.ofMillis(n * millisEach)).plusNanos(n * 7919 % 1000 * 1000);
  }

  private static Histogram grown(Histogram like, long n, double secondsEach) {
    return like.plus(Histogram.of(new long[] {40 * n, 9 * n, n}, n * secondsEach));
  }

  private interface Run {
    Figures run() throws Exception;
  }

  private void run(String row, Run run) throws Exception {
    runs++;
    Figures figures = run.run();
    rows.computeIfAbsent(row, name -> new ArrayList<>()).add(figures);
    System.out.printf(
        "%-28s %,9.0f samples/s   %6.2f us of the reading thread, %6.2f us of the clients'%n",
        row, figures.perSecond(), figures.readerMicros(), figures.clientMicros());
  }

  private Figures consume() {
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.GROUP_ID_CONFIG, "plain-" + runs);
    settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
    SampleCodec codec = new SampleCodec();
    long read = 0;
    long sequences = 0;
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.subscribe(List.of(Topics.SAMPLES.name()));
      while (consumer.assignment().isEmpty()) {
        consumer.poll(Duration.ZERO);
      }
      consumer.seekToBeginning(consumer.assignment());
      CpuTime before = CpuTime.now();
      long from = System.nanoTime();
      while (read < samples) {
        if (System.nanoTime() - from > PATIENCE.toNanos()) {
          throw new IllegalStateException(read + " of " + samples + " samples were read");
        }
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          sequences += codec.decode(record.key(), record.value()).sequence();
          read++;
        }
      }
      Figures figures = figures(System.nanoTime() - from, before, "main");
      if (sequences < samples) {
        throw new IllegalStateException("sequences add up to " + sequences);
      }
      return figures;
    }
  }

  private Figures hognose() throws Exception {
    StreamsSettings settings = settings();
    try (StreamsApplication streams =
        new StreamsApplication(settings, new SimpleMeterRegistry())) {
      streams.start();
      return measure(settings.applicationId(), streams::isReady);
    }
  }

  private StreamsSettings settings() {
    return StreamsSettings.from(
        new Env(
            Map.of(
                "HOGNOSE_BOOTSTRAP_SERVERS", servers,
                "HOGNOSE_APPLICATION_ID", "bench-" + runs,
                "HOGNOSE_STATE_DIR", folder.resolve("state-" + runs).toString())));
  }

  private KafkaStreams forward() {
    Properties properties = StreamsApplication.properties(settings());
    properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
    StreamsBuilder builder = new StreamsBuilder();
    builder.stream(
            Topics.SAMPLES.name(), Consumed.with(Serdes.ByteArray(), Serdes.ByteArray()))
        .to("forwarded", Produced.with(Serdes.ByteArray(), Serdes.ByteArray()));
    return new KafkaStreams(builder.build(), properties);
  }

  private Figures stream(KafkaStreams streams) throws Exception {
    try (streams) {
      streams.start();
      return measure("bench-" + runs, () -> streams.state() == KafkaStreams.State.RUNNING);
    }
  }

  private Figures measure(String group, BooleanSupplier ready) throws Exception {
    await(ready);
    CpuTime before = CpuTime.now();
    long from = System.nanoTime();
    try (Admin admin = new Cluster(servers, new Properties()).admin()) {
      await(() -> committed(admin, group) >= samples);
    }
    return figures(System.nanoTime() - from, before, "bench-" + runs + "-");
  }

  /** Of the partitions of the samples. Markers of transactions are none of them: agents have none. */
  private static long committed(Admin admin, String group) {
    try {
      Map<TopicPartition, OffsetAndMetadata> offsets =
          admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
      return offsets.entrySet().stream()
          .filter(each -> each.getKey().topic().equals(Topics.SAMPLES.name()))
          .mapToLong(each -> each.getValue() == null ? 0 : each.getValue().offset())
          .sum();
    } catch (Exception failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static void await(BooleanSupplier done) throws InterruptedException {
    long until = System.nanoTime() + PATIENCE.toNanos();
    while (!done.getAsBoolean()) {
      if (System.nanoTime() > until) {
        throw new IllegalStateException("not done within " + PATIENCE);
      }
      Thread.sleep(20);
    }
  }

  private Figures figures(long nanos, CpuTime before, String reader) {
    CpuTime spent = CpuTime.now().since(before);
    return new Figures(
        samples / (nanos / 1e9),
        spent.ofReaders(reader) / 1e3 / samples,
        spent.ofProducers(reader) / 1e3 / samples);
  }

  /** CPU nanoseconds of each thread, by its name. */
  record CpuTime(Map<String, Long> nanos) {

    static CpuTime now() {
      Map<String, Long> nanos = new HashMap<>();
      for (ThreadInfo thread : THREADS.getThreadInfo(THREADS.getAllThreadIds())) {
        if (thread != null) {
          nanos.merge(
              thread.getThreadName(), THREADS.getThreadCpuTime(thread.getThreadId()), Long::sum);
        }
      }
      return new CpuTime(nanos);
    }

    CpuTime since(CpuTime before) {
      Map<String, Long> spent = new HashMap<>();
      nanos.forEach((name, now) -> spent.put(name, now - before.nanos.getOrDefault(name, 0L)));
      return new CpuTime(spent);
    }

    double ofReaders(String prefix) {
      return sum(prefix, false);
    }

    double ofProducers(String prefix) {
      return sum(prefix, true);
    }

    private double sum(String prefix, boolean producers) {
      return nanos.entrySet().stream()
          .filter(each -> each.getKey().contains(prefix))
          .filter(each -> isProducer(each.getKey()) == producers)
          .mapToLong(Map.Entry::getValue)
          .sum();
    }

    private static boolean isProducer(String name) {
      return name.contains("producer-network") || name.contains("StateUpdater");
    }
  }

  private void tell(Optional<States> jsonOfStates) {
    Figures plain = median(rows.get("1 consumer that decodes"));
    Figures forwards = median(rows.get("2 streams that forward"));
    Figures ours = median(rows.get("3 hognose"));
    List<String> told = new ArrayList<>();
    told.add(row("samples a second, one thread, exactly once", "1/s",
        ours.perSecond(), plain.perSecond(), forwards.perSecond(), ">= 100000"));
    told.add(row("CPU of a sample", "us", ours.cpuMicros(), plain.cpuMicros(), forwards.cpuMicros(), "<= 10"));
    told.add(row("the consumer's CPU to ours", "ratio",
        plain.cpuMicros() / ours.cpuMicros(), 1, plain.cpuMicros() / forwards.cpuMicros(), ">= 0.6"));
    jsonOfStates.ifPresent(
        states -> {
          told.add(row("state of a process", "B", states.young(), 0, 0, "<= 4096"));
          told.add(row("state of a process of five days", "B", states.old(), 0, 0, "<= 4096"));
        });
    if (jsonOfStates.isPresent()) {
      System.out.println(told.stream().collect(Collectors.joining(",\n  ", "[\n  ", "\n]")));
      return;
    }
    System.out.println();
    rows.forEach(
        (row, figures) -> {
          Figures median = median(figures);
          System.out.printf(
              "%-28s %,9.0f samples/s   %6.2f us of CPU a sample   %.2f of the consumer by wall time,"
                  + " %.2f by CPU%n",
              row.substring(2),
              median.perSecond(),
              median.cpuMicros(),
              median.perSecond() / plain.perSecond(),
              plain.cpuMicros() / median.cpuMicros());
        });
  }

  /** As `bench/rows.py` has them. */
  private static String row(
      String question, String unit, double ours, double limit, double forwards, String bar) {
    double least = Double.parseDouble(bar.substring(3));
    boolean met = bar.startsWith(">") ? ours >= least : ours <= least;
    String beside = limit == 0 ? "null, \"peers\": {}, \"ratio\": null"
        : "%.4f, \"peers\": {\"streams that forward\": %.4f}, \"ratio\": %.4f"
            .formatted(limit, forwards, ours / limit);
    return "{\"question\": \"%s\", \"ours\": %.4f, \"unit\": \"%s\", \"limit\": %s, \"bar\": \"%s\", \"met\": %b}"
        .formatted(question, ours, unit, beside, bar, met);
  }

  /** What a task that starts anew must read at least: of each key the last value, by store. */
  private long stateBytes() throws Exception {
    String prefix = "bench-" + runs + "-";
    Map<String, Map<String, Integer>> stores = new TreeMap<>();
    Properties settings = new Properties();
    settings.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions = consumer.listTopics().entrySet().stream()
          .filter(each -> each.getKey().startsWith(prefix) && each.getKey().endsWith("-changelog"))
          .flatMap(each -> each.getValue().stream())
          .map(each -> new TopicPartition(each.topic(), each.partition()))
          .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      while (ends.entrySet().stream().anyMatch(each -> consumer.position(each.getKey()) < each.getValue())) {
        for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMillis(100))) {
          String store = record.topic().substring(prefix.length()).replace("-changelog", "");
          Map<String, Integer> sizes = stores.computeIfAbsent(store, name -> new HashMap<>());
          String key = new String(record.key(), StandardCharsets.UTF_8);
          if (record.value() == null) {
            sizes.remove(key);
          } else {
            sizes.put(key, record.key().length + record.value().length);
          }
        }
      }
    }
    System.out.printf("%nstate in changelogs, keys included, and how many keys%n");
    long all = 0;
    for (Map.Entry<String, Map<String, Integer>> store : stores.entrySet()) {
      long bytes = store.getValue().values().stream().mapToLong(size -> size).sum();
      all += bytes;
      System.out.printf("%-28s %,11d bytes %,9d%n", store.getKey(), bytes, store.getValue().size());
    }
    return all;
  }

  private static Figures median(List<Figures> figures) {
    return new Figures(
        median(figures.stream().mapToDouble(Figures::perSecond).toArray()),
        median(figures.stream().mapToDouble(Figures::readerMicros).toArray()),
        median(figures.stream().mapToDouble(Figures::clientMicros).toArray()));
  }

  private static double median(double[] values) {
    Arrays.sort(values);
    return values[values.length / 2];
  }
}
