import dev.hognose.v1.Event;
import dev.hognose.v1.Frame;
import dev.hognose.v1.LoopBlock;
import dev.hognose.v1.Process;
import dev.hognose.v1.Stack;
import dev.hognose.v2.EventLoop;
import dev.hognose.v2.Kernel;
import dev.hognose.v2.Memory;
import dev.hognose.v2.Sample;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends samples and loop blocks at times that were fixed before, and tells when they were seen:
 * SERVERS SAMPLES-A-SECOND WARM-UP-SECONDS SECONDS [COLLECTOR-ADDRESS].
 *
 * <p>Each latency is from when a record was due, not from when it was sent: whoever stands still is
 * charged for all that was due meanwhile. Standard output has a line of JSON for each way.
 *
 * <p>Who watches shares the machine with what is watched. So samples are looked for in one service
 * only, in the API, which shows the state that a scrape is made of; everything is scraped as often
 * as Prometheus does by default, and nobody reads what it says.
 */
public final class LatencyProbe {

  private static final int PROCESSES = 1_000;
  private static final int BLOCKS_A_SECOND = 10;

  private static final int PROCESSES_OF_A_SERVICE = 20;
  private static final long BETWEEN_LOOKS_MS = 50;
  private static final long BETWEEN_SCRAPES_MS = 15_000;

  /** What Kafka Streams calls the topic between an event's two topologies. */
  private static final String BY_SERVICE = "hognose-streams-loop-blocks-by-service-repartition";

  private static final long LAST_WORDS_MS = 5_000;
  private static final Pattern BLOCK = Pattern.compile("block_(\\d+)");
  private static final Pattern SEEN =
      Pattern.compile("\"pid\":(\\d+),\"started_at_ms\":\\d+\\},[^{]*?\"at_ms\":(\\d+)");

  private final String servers;
  private final int rate;
  private final long fromMs;
  private final long untilMs;
  private final long[] sequences = new long[PROCESSES];
  private final Map<String, org.HdrHistogram.Histogram> took = new TreeMap<>();
  private final Map<Integer, Long> blockDueMs = new ConcurrentHashMap<>();
  private final Set<Integer> passedOn = ConcurrentHashMap.newKeySet();
  private volatile boolean isOver;

  private LatencyProbe(String servers, int rate, long warmUpSeconds, long seconds) {
    this.servers = servers;
    this.rate = rate;
    fromMs = System.currentTimeMillis() + 1_000 * warmUpSeconds;
    untilMs = fromMs + 1_000 * seconds;
  }

  public static void main(String[] arguments) throws Exception {
    LatencyProbe probe =
        new LatencyProbe(
            arguments[0],
            Integer.parseInt(arguments[1]),
            Long.parseLong(arguments[2]),
            Long.parseLong(arguments[3]));
    Optional<URI> collector =
        arguments.length > 4 ? Optional.of(URI.create(arguments[4])) : Optional.empty();
    probe.run(collector);
    System.exit(0);
  }

  private void run(Optional<URI> collector) throws Exception {
    List<Thread> watching = new ArrayList<>();
    watching.add(new Thread(() -> consume(Topics.SAMPLES.name(), "read_uncommitted", this::sample)));
    collector.ifPresent(
        address -> {
          watching.add(new Thread(() -> consume(BY_SERVICE, "read_committed", this::passedOn)));
          watching.add(new Thread(() -> consume(Topics.ALERTS.name(), "read_committed", this::alert)));
          watching.add(new Thread(() -> look(address)));
          watching.add(new Thread(() -> scrape(address)));
        });
    watching.forEach(Thread::start);
    send();
    Thread.sleep(LAST_WORDS_MS);
    isOver = true;
    for (Thread each : watching) {
      each.join();
    }
    took.forEach(
        (way, histogram) ->
            System.out.printf(
                "{\"way\": \"%s\", \"n\": %d, \"p50\": %.4f, \"p99\": %.4f, \"p99.9\": %.4f, \"max\": %.4f}%n",
                way,
                histogram.getTotalCount(),
                histogram.getValueAtPercentile(50) / 1e3,
                histogram.getValueAtPercentile(99) / 1e3,
                histogram.getValueAtPercentile(99.9) / 1e3,
                histogram.getMaxValue() / 1e3));
    long never = blockDueMs.values().stream().filter(this::isMeasured).count();
    System.out.printf(
        "{\"way\": \"blocks never told\", \"n\": %d}%n", collector.isPresent() ? never : 0);
  }

  /** What is due is sent, however late. */
  private void send() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", 5);
    long startMs = System.currentTimeMillis();
    int blocks = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long number = 0; ; number++) {
        long dueMs = startMs + 1_000 * number / rate;
        if (dueMs >= untilMs) {
          return;
        }
        while (System.currentTimeMillis() < dueMs) {
          LockSupport.parkNanos(500_000);
        }
        producer.send(sample((int) (number % PROCESSES), dueMs));
        if (number % (rate / BLOCKS_A_SECOND) == 0) {
          producer.send(block(blocks++, dueMs));
        }
      }
    }
  }

  private ProducerRecord<byte[], byte[]> sample(int number, long dueMs) {
    List<Long> lag = List.of(500_000L, 0L, 500L, 20L);
    Sample sample =
        Sample.newBuilder()
            .setSchema(2)
            .setSequence(++sequences[number])
            .setAtMs(dueMs)
            .setIntervalMs(1_000 * PROCESSES / rate)
            .setMemory(Memory.newBuilder().setRssBytes(100 << 20).setUssBytes(90 << 20).setAllocatedBlocks(900_000))
            .setKernel(Kernel.newBuilder().setThreads(5))
            .addLoops(EventLoop.newBuilder().addAllLagUs(lag).setTasks(9))
            .addAllGilWaitUs(lag)
            .build();
    return record(Topics.SAMPLES.name(), number, sample.toByteArray(), dueMs);
  }

  /** Of 1.2 s, over the threshold, and each in another function, so that each is an alert. */
  private ProducerRecord<byte[], byte[]> block(int number, long dueMs) {
    int process = number % PROCESSES;
    blockDueMs.put(number, dueMs);
    Frame culprit =
        Frame.newBuilder().setFile("/srv/views.py").setLine(number + 1).setFunction("block_" + number).build();
    Event event =
        Event.newBuilder()
            .setProcess(process(process))
            .setSequence(++sequences[process])
            .setAtMs(dueMs)
            .setLoopBlock(
                LoopBlock.newBuilder()
                    .setId(number + 1)
                    .setStartedMs(dueMs - 1_200)
                    .setDurationMs(1_200)
                    .setEnded(true)
                    .setLoop("MainThread")
                    .setCause(LoopBlock.Cause.SYNC_SLEEP)
                    .setCulprit(culprit)
                    .addStacks(Stack.newBuilder().addFrames(culprit).setCount(1)))
            .build();
    return record(Topics.EVENTS.name(), process, event.toByteArray(), dueMs);
  }

  private static Process process(int number) {
    return Process.newBuilder()
        .setService("service-" + number / PROCESSES_OF_A_SERVICE)
        .setHost("bench")
        .setPid(1_000 + number)
        .setStartedAtMs(1_767_225_600_000L)
        .build();
  }

  private static ProducerRecord<byte[], byte[]> record(String topic, int number, byte[] value, long atMs) {
    Process process = process(number);
    String key = String.join("/", process.getService(), process.getHost(), "" + process.getPid(), "" + process.getStartedAtMs());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(topic, null, atMs, key.getBytes(StandardCharsets.UTF_8), value);
    if (topic.equals(Topics.EVENTS.name())) {
      record.headers().add(Schema.HEADER, Schema.header());
    }
    return record;
  }

  private interface Seen {
    void at(ConsumerRecord<byte[], byte[]> record, long nowMs);
  }

  private void consume(String topic, String isolation, Seen seen) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", servers);
    properties.put("isolation.level", isolation);
    properties.put("fetch.max.wait.ms", 10);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(
          consumer.partitionsFor(topic).stream()
              .map(partition -> new TopicPartition(topic, partition.partition()))
              .toList());
      consumer.seekToEnd(consumer.assignment());
      while (!isOver) {
        consumer
            .poll(java.time.Duration.ofMillis(100))
            .forEach(record -> seen.at(record, System.currentTimeMillis()));
      }
    }
  }

  private void sample(ConsumerRecord<byte[], byte[]> record, long nowMs) {
    took("producer to consumer", record.timestamp(), nowMs);
  }

  /** Half of the way: who judges a service has it from who reads its processes. */
  private void passedOn(ConsumerRecord<byte[], byte[]> record, long nowMs) {
    blockOf(record)
        .filter(passedOn::add)
        .ifPresent(number -> took("agent to the judge of its service", record.timestamp(), nowMs));
  }

  /** An alert is told again when its block has come twice: the first telling counts. */
  private void alert(ConsumerRecord<byte[], byte[]> record, long nowMs) {
    blockOf(record)
        .map(blockDueMs::remove)
        .ifPresent(
            dueMs -> {
              if (dueMs < fromMs) {
                noted("agent to alert from a cold start", dueMs, nowMs);
              }
              took("agent to alert", dueMs, nowMs);
            });
  }

  private static Optional<Integer> blockOf(ConsumerRecord<byte[], byte[]> record) {
    if (record.value() == null) {
      return Optional.empty();
    }
    Matcher block = BLOCK.matcher(new String(record.value(), StandardCharsets.ISO_8859_1));
    return block.find() ? Optional.of(Integer.parseInt(block.group(1))) : Optional.empty();
  }

  /** Each sample is seen by the first answer that shows it or a later one of its process. */
  private void look(URI collector) {
    URI address = collector.resolve("/api/v1/processes?service=service-0");
    Map<Integer, Long> shownMs = new HashMap<>();
    long stepMs = 1_000L * PROCESSES / rate;
    repeatedly(
        address,
        BETWEEN_LOOKS_MS,
        (body, askedMs) -> {
          long nowMs = System.currentTimeMillis();
          Matcher seen = SEEN.matcher(body);
          while (seen.find()) {
            long newestMs = Long.parseLong(seen.group(2));
            // What is judged of a process stands beside it, and is older.
            int pid = Integer.parseInt(seen.group(1));
            long before = shownMs.getOrDefault(pid, newestMs);
            for (long dueMs = newestMs; dueMs > before + stepMs / 2; dueMs -= stepMs) {
              took("agent to collector", dueMs, nowMs);
            }
            shownMs.put(pid, Math.max(before, newestMs));
          }
        });
  }

  private void scrape(URI collector) {
    repeatedly(
        collector.resolve("/metrics"),
        BETWEEN_SCRAPES_MS,
        (body, askedMs) -> took("scrape of everything", askedMs, System.currentTimeMillis()));
  }

  private interface Answered {
    void take(String body, long askedMs);
  }

  private void repeatedly(URI address, long pauseMs, Answered answered) {
    HttpClient http = HttpClient.newHttpClient();
    while (!isOver) {
      try {
        long askedMs = System.currentTimeMillis();
        HttpResponse<String> answer =
            http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString());
        if (answer.statusCode() != 200) {
          throw new IllegalStateException(address + ": expected 200, got " + answer.statusCode());
        }
        answered.take(answer.body(), askedMs);
        for (long slept = 0; slept < pauseMs && !isOver; slept += BETWEEN_LOOKS_MS) {
          Thread.sleep(BETWEEN_LOOKS_MS);
        }
      } catch (java.io.IOException | InterruptedException wrong) {
        throw new IllegalStateException(address + ": " + wrong, wrong);
      }
    }
  }

  private void took(String way, long dueMs, long nowMs) {
    if (isMeasured(dueMs)) {
      noted(way, dueMs, nowMs);
    }
  }

  private void noted(String way, long dueMs, long nowMs) {
    synchronized (took) {
      took.computeIfAbsent(way, w -> new org.HdrHistogram.Histogram(3))
          .recordValue(Math.max(0, nowMs - dueMs));
    }
  }

  private boolean isMeasured(long dueMs) {
    return dueMs >= fromMs && dueMs < untilMs;
  }
}
