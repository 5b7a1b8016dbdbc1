package dev.hognose.app.driver;

import dev.hognose.v1.AllocationGrowth;
import dev.hognose.v1.Event;
import dev.hognose.v1.EventLoop;
import dev.hognose.v1.ExceptionCount;
import dev.hognose.v1.Frame;
import dev.hognose.v1.Histogram;
import dev.hognose.v1.LoopBlock;
import dev.hognose.v1.NamedCounter;
import dev.hognose.v1.Process;
import dev.hognose.v1.PythonWarning;
import dev.hognose.v1.Retention;
import dev.hognose.v1.Sample;
import dev.hognose.v1.Stack;
import dev.hognose.v1.StackProfile;
import dev.hognose.v1.Started;
import dev.hognose.v1.Stopped;
import dev.hognose.wire.Schema;
import dev.hognose.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/**
 * Hours of a made-up fleet in which all goes wrong that can: leaks, limits, blocks, lag, threads,
 * exceptions, warnings, restarts, kills, silence; and records that come late, twice or broken.
 */
final class AilingFleet {

  private static final Instant BEGIN = Instant.parse("2026-11-20T00:00:00Z");
  private static final int EVERY_MS = 10_000;
  private static final int PROCESSES = 8;

  private final RandomGenerator random;
  private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
  private final Map<String, Long> offsets = new HashMap<>();

  private AilingFleet(RandomGenerator random) {
    this.random = random;
  }

  /** In the order in which they are judged; offsets count up in each topic. */
  static List<ConsumerRecord<byte[], byte[]>> records(RandomGenerator random, int minutes) {
    AilingFleet fleet = new AilingFleet(random);
    for (int number = 0; number < PROCESSES; number++) {
      fleet.live(number, minutes);
    }
    return fleet.inOrder();
  }

  private List<ConsumerRecord<byte[], byte[]>> inOrder() {
    records.sort(Comparator.comparingLong(ConsumerRecord::timestamp));
    for (int i = 0; i < records.size() / 50; i++) {
      int from = random.nextInt(records.size() - 40);
      records.add(from + random.nextInt(40), records.get(from));
    }
    return records.stream().map(this::placed).toList();
  }

  private ConsumerRecord<byte[], byte[]> placed(ConsumerRecord<byte[], byte[]> record) {
    long offset = offsets.merge(record.topic(), 1L, Long::sum) - 1;
    return record(record.topic(), offset, record.timestamp(), record.key(), record.value());
  }

  /** One place of a process: it may be restarted, silent for a while, or end. */
  private void live(int number, int minutes) {
    long endMs = BEGIN.toEpochMilli() + minutes * 60_000L;
    long beginMs = BEGIN.toEpochMilli() + random.nextInt(60_000);
    while (beginMs < endMs) {
      boolean dies = random.nextInt(3) == 0;
      long untilMs = dies ? beginMs + random.nextInt(45 * 60_000) : endMs;
      new Life(number, beginMs).until(Math.min(untilMs, endMs));
      beginMs = untilMs + 5_000 + (random.nextBoolean() ? 0 : random.nextInt(900_000));
    }
  }

  private static ConsumerRecord<byte[], byte[]> record(
      String topic, long offset, long timestamp, byte[] key, byte[] value) {
    RecordHeaders headers = new RecordHeaders();
    headers.add(Schema.HEADER, Schema.header());
    return new ConsumerRecord<>(
        topic,
        0,
        offset,
        timestamp,
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        headers,
        Optional.empty());
  }

  /** A process from its start to its end. */
  private final class Life {

    private final int number;
    private final Process process;
    private final byte[] key;
    private final long startedMs;
    private final long[] lag = new long[8];
    private final long[] gil = new long[6];
    private long sequence;
    private long events;
    private double cpu;
    private long failures;

    Life(int number, long startedMs) {
      this.number = number;
      this.startedMs = startedMs;
      process =
          Process.newBuilder()
              .setService("service-" + number % 3)
              .setHost("host-" + number)
              .setPid(100 + number)
              .setStartedAtMs(startedMs)
              .build();
      String name = process.getService() + "/" + process.getHost() + "/" + process.getPid();
      key = (name + "/" + startedMs).getBytes(StandardCharsets.UTF_8);
    }

    void until(long endMs) {
      happen(startedMs + 1, Event.newBuilder().setStarted(Started.newBuilder().setPython("3.12")));
      long atMs = startedMs + EVERY_MS;
      while (atMs < endMs) {
        sample(atMs);
        maybeHappen(atMs + 3);
        // Now and then a process is cut off for minutes.
        atMs += random.nextInt(400) == 0 ? 600_000 : EVERY_MS + random.nextInt(3);
      }
      if (random.nextBoolean()) {
        Stopped.Builder end = Stopped.newBuilder().setReason(Stopped.Reason.SIGNAL);
        happen(endMs, Event.newBuilder().setStopped(end.setExitCode(-9)));
      }
    }

    private void sample(long atMs) {
      long age = (atMs - startedMs) / EVERY_MS;
      cpu += random.nextInt(900) / 100.0;
      lag[random.nextInt(number == 5 ? 8 : 3)]++;
      gil[random.nextInt(number == 6 ? 6 : 2)] += 5;
      failures += number == 2 && age > 200 ? 40 : random.nextInt(2);
      long grown = number % 4 == 0 ? age * 700_000 : random.nextInt(2_000_000);
      long rss = (70L << 20) + grown;
      Sample.Builder sample =
          Sample.newBuilder()
              .setProcess(process)
              .setSequence(++sequence)
              .setIntervalMs(EVERY_MS)
              .setVersion(age > 300 ? "1.1" : "1.0")
              .setAtMs(atMs)
              .setCpuUserSecondsTotal(cpu)
              .setRssBytes(rss)
              .setUssBytes(rss - (1 << 20))
              .setAllocatedBlocks(rss / 400)
              .setMemoryLimitBytes(512L << 20)
              .setMemoryUsageBytes(rss)
              .setOomKillsTotal(rss > 500L << 20 ? 1 : 0)
              .setCpuLimitCores(1)
              .setThrottledSecondsTotal(number == 3 ? age * 4.0 : 0)
              .setThreads(10 + (int) (number == 4 ? age : 0))
              .setOpenFds(30 + (int) (number == 7 ? 3 * age : 0))
              .setMaxFds(1024);
      sample
          .addLoops(
              EventLoop.newBuilder()
                  .setName("MainThread")
                  .setKind("asyncio")
                  .setLagSeconds(histogram(lag))
                  .setTasks(5 + (int) (number == 1 ? 4 * age : 0)))
          .setGilWaitSeconds(histogram(gil))
          .addCounters(counter("exception", "ValueError at /srv/a.py:7", failures))
          .addCounters(counter("warning", "ResourceWarning at /srv/b.py:9", failures / 3));
      send(Topics.SAMPLES.name(), atMs, sample.build().toByteArray());
    }

    private void maybeHappen(long atMs) {
      switch (random.nextInt(90)) {
        case 0, 1, 2 -> happen(atMs, Event.newBuilder().setLoopBlock(block(atMs)));
        case 3 -> happen(atMs, Event.newBuilder().setAllocationGrowth(growth()));
        case 4 -> happen(atMs, Event.newBuilder().setRetention(retention(atMs)));
        case 5, 6 -> happen(atMs, Event.newBuilder().setStackProfile(profile()));
        case 7 -> happen(atMs, Event.newBuilder().setPythonWarning(warning()));
        case 8 -> happen(atMs, Event.newBuilder().setExceptionCount(exception()));
        case 9 -> send(Topics.EVENTS.name(), atMs, new byte[] {1, 2, 3});
        case 10 -> send(Topics.SAMPLES.name(), atMs - 4_000, new byte[] {8});
        default -> {}
      }
    }

    private LoopBlock block(long atMs) {
      int durationMs = 60 + random.nextInt(3_000);
      Frame culprit = frame("/srv/shop/views.py", 40 + random.nextInt(3));
      return LoopBlock.newBuilder()
          .setId(events + 1)
          .setStartedMs(atMs - durationMs)
          .setDurationMs(durationMs)
          .setEnded(random.nextInt(5) > 0)
          .setLoop("MainThread")
          .setTask("Task-1")
          .setCoroutine("pay")
          .setCauseValue(1 + random.nextInt(8))
          .setCulprit(culprit)
          .addStacks(Stack.newBuilder().addFrames(culprit).setCount(3))
          .build();
    }

    private AllocationGrowth growth() {
      AllocationGrowth.Builder growth = AllocationGrowth.newBuilder().setWindowMs(2_000);
      growth.addSites(
          AllocationGrowth.Site.newBuilder()
              .addFrames(frame("/srv/shop/cache.py", 12))
              .setBytes(3L << 20)
              .setBlocks(900));
      return growth.build();
    }

    private Retention retention(long atMs) {
      return Retention.newBuilder()
          .setName("shop.cache.PAGES")
          .setKindValue(1 + random.nextInt(5))
          .setEntries((atMs - startedMs) / 100)
          .setGrowthPerHour(36_000)
          .setSampleBytes(400)
          .setEntryTypes("str → bytes")
          .build();
    }

    private StackProfile profile() {
      StackProfile.Builder profile = StackProfile.newBuilder().setWindowMs(10_000).setSamples(9);
      Frame frame = frame("/srv/shop/views.py", random.nextInt(5));
      return profile
          .addStacks(Stack.newBuilder().setThread("MainThread").addFrames(frame).setCount(9))
          .build();
    }

    private PythonWarning warning() {
      return PythonWarning.newBuilder()
          .setCategory(random.nextBoolean() ? "ResourceWarning" : "DeprecationWarning")
          .setMessage("unclosed <socket>")
          .setSite(frame("/srv/shop/mail.py", 3))
          .setCount(1 + random.nextInt(4))
          .build();
    }

    private ExceptionCount exception() {
      return ExceptionCount.newBuilder()
          .setType(random.nextBoolean() ? "KeyError" : "MemoryError")
          .setSite(frame("/srv/shop/mail.py", 17))
          .setCount(1 + random.nextInt(60))
          .setHandled(random.nextBoolean())
          .build();
    }

    private void happen(long atMs, Event.Builder what) {
      Event event =
          what.setProcess(process).setSequence(++events).setAtMs(atMs).setVersion("1.0").build();
      send(Topics.EVENTS.name(), atMs, event.toByteArray());
    }

    /** Some come minutes late. */
    private void send(String topic, long atMs, byte[] value) {
      records.add(record(topic, 0, atMs, key, value));
    }

    private static Frame frame(String file, int line) {
      return Frame.newBuilder().setFile(file).setLine(line).setFunction("work").build();
    }

    private static NamedCounter counter(String name, String site, long total) {
      return NamedCounter.newBuilder().setName(name).setSite(site).setTotal(total).build();
    }

    private static Histogram histogram(long[] counts) {
      Histogram.Builder histogram = Histogram.newBuilder().setSumSeconds(counts[0] / 100.0);
      for (long count : counts) {
        histogram.addCounts(count);
      }
      return histogram.build();
    }
  }
}
