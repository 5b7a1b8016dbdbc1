import dev.hognose.v2.AgentFigures;
import dev.hognose.v2.Container;
import dev.hognose.v2.EventLoop;
import dev.hognose.v2.GarbageCollector;
import dev.hognose.v2.Kernel;
import dev.hognose.v2.Memory;
import dev.hognose.v2.Sample;
import dev.hognose.v2.ThreadCpu;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.CaptureWindow;
import dev.hognose.wire.capture.CaptureWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Writes a capture of a fleet that was sampled every 10 s: FILE PROCESSES SAMPLES-EACH SEED. */
public final class Fleet {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Duration INTERVAL = Duration.ofSeconds(10);
  private static final int PARTITIONS = 12;

  public static void main(String[] arguments) throws Exception {
    int processes = Integer.parseInt(arguments[1]);
    int samples = Integer.parseInt(arguments[2]);
    Random random = new Random(Long.parseLong(arguments[3]));
    List<Worker> workers = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      workers.add(new Worker(i, random));
    }
    Instant end = BEGIN.plus(INTERVAL.multipliedBy(samples + 1));
    CaptureWindow window =
        new CaptureWindow(BEGIN, BEGIN, end, List.of(), Map.of(), CaptureWindow.Names.KEPT);
    try (CaptureWriter writer =
        CaptureWriter.create(Path.of(arguments[0]), "bench", BEGIN, window)) {
      for (int tick = 0; tick < samples; tick++) {
        for (Worker worker : workers) {
          writer.add(worker.next(tick));
        }
      }
      long bytes = writer.finish();
      System.out.printf("%d samples, %.1f bytes each%n", writer.records(), (double) bytes / writer.records());
    }
  }

  /** One process: its counters run, its memory breathes, one in a hundred leaks. */
  private static final class Worker {

    private final Random random;
    private final byte[] key;
    private final int partition;
    private final long offsetMs;
    private final boolean leaks;
    private final long[] lag = new long[8];
    private final long[] wait = new long[6];
    private final long[] pause = new long[7];
    private long sequence;
    private double user, system, lagSum, waitSum, pauseSum, agent, mainCpu, queue;
    private long rss, blocks, voluntary, involuntary, minor, read, written, young, collected;

    Worker(int number, Random random) {
      this.random = new Random(random.nextLong());
      this.key =
          String.join(
                  "/", "service-" + number / 20, "host-" + number % 50, "" + (1000 + number),
                  "" + BEGIN.minusSeconds(60).toEpochMilli())
              .getBytes(StandardCharsets.UTF_8);
      this.partition = number % PARTITIONS;
      this.offsetMs = number * 10_000L / 1000;
      this.leaks = number % 100 == 7;
      this.rss = (60L << 20) + this.random.nextInt(100 << 20);
      this.blocks = rss / 400;
    }

    ConsumerRecord<byte[], byte[]> next(int tick) {
      Instant at =
          BEGIN.plus(INTERVAL.multipliedBy(tick)).plusMillis(offsetMs + random.nextInt(3));
      run();
      byte[] value = sample(at).toByteArray();
      return new ConsumerRecord<>(
          Topics.SAMPLES.name(), partition, sequence, at.toEpochMilli(), TimestampType.CREATE_TIME,
          key.length, value.length, key, value, new RecordHeaders(), Optional.empty());
    }

    private void run() {
      sequence++;
      user += random.nextInt(60) / 100.0;
      system += random.nextInt(8) / 100.0;
      mainCpu += random.nextInt(50_000_000) / 1e9;
      queue += random.nextInt(2_000_000) / 1e9;
      agent += random.nextInt(20_000_000) / 1e9;
      rss += ((random.nextInt(200) - 100) + (leaks ? 40 : 0)) * 4096L;
      rss = Math.max(rss, 40L << 20);
      blocks += random.nextInt(2000) - 1000 + (leaks ? 300 : 0);
      voluntary += random.nextInt(900);
      involuntary += random.nextInt(40);
      minor += random.nextInt(30);
      read += random.nextInt(20) * 4096L;
      written += random.nextInt(30) * 4096L;
      young += random.nextInt(4);
      collected += random.nextInt(30);
      spread(lag, 20);
      spread(wait, 10);
      spread(pause, 2);
      lagSum = Math.round((lagSum + random.nextInt(4_000) / 1e6) * 1e6) / 1e6;
      waitSum = Math.round((waitSum + random.nextInt(2_000) / 1e6) * 1e6) / 1e6;
      pauseSum = Math.round((pauseSum + random.nextInt(900) / 1e6) * 1e6) / 1e6;
    }

    private void spread(long[] counts, int total) {
      for (int i = 0; i < total; i++) {
        counts[Math.min(counts.length - 1, (int) Math.abs(random.nextGaussian() * 1.2))]++;
      }
    }

    private Sample sample(Instant at) {
      return Sample.newBuilder()
          .setSchema(2).setSequence(sequence).setIntervalMs(10_000).setVersion("1.4.2").setAtMs(at.toEpochMilli())
          .setCpuUserUsTotal(hundredths(user)).setCpuSystemUsTotal(hundredths(system))
          .setMemory(
              Memory.newBuilder()
                  .setRssBytes(rss).setUssBytes(rss * 9 / 10 / 4096 * 4096).setAllocatedBlocks(blocks)
                  .setMallocUsedBytes(rss / 3).setMallocFreeBytes(rss / 9))
          .setContainer(
              Container.newBuilder()
                  .setMemoryLimitBytes(512L << 20).setMemoryUsageBytes(rss + (5 << 20)).setOomKillsTotal(0)
                  .setCpuLimitMicrocores(2_000_000).setThrottledUsTotal(0))
          .setKernel(
              Kernel.newBuilder()
                  .setThreads(12).setOpenFds(30 + random.nextInt(8)).setMaxFds(1_048_576)
                  .setContextSwitchesVoluntaryTotal(voluntary).setContextSwitchesInvoluntaryTotal(involuntary)
                  .setPageFaultsMinorTotal(minor).setIoReadBytesTotal(read).setIoWriteBytesTotal(written))
          .setGc(
              GarbageCollector.newBuilder()
                  .addGeneration(generation(1)).addGeneration(generation(10)).addGeneration(generation(100))
                  .addAllPauseUs(histogram(pause, pauseSum)))
          .addLoops(
              EventLoop.newBuilder()
                  .addAllLagUs(histogram(lag, lagSum))
                  .setTasks(5 + random.nextInt(20)))
          .addAllGilWaitUs(histogram(wait, waitSum))
          .addThreadCpu(
              ThreadCpu.newBuilder()
                  .setCpuUsTotal(micros(mainCpu)).setRunqueueUsTotal(micros(queue)))
          .setAgent(
              AgentFigures.newBuilder()
                  .setCpuUsTotal(micros(agent)).setTickMaxUs(3_000).setGilHoldMaxUs(1_000))
          .build();
    }

    private GarbageCollector.Generation generation(int seldom) {
      return GarbageCollector.Generation.newBuilder()
          .setCollectionsTotal(young / seldom).setCollectedTotal(collected / seldom).build();
    }

    private static List<Long> histogram(long[] counts, double sum) {
      List<Long> histogram = new ArrayList<>(List.of(micros(sum)));
      for (long count : counts) {
        histogram.add(count);
      }
      return histogram;
    }

    private static long micros(double seconds) {
      return Math.round(seconds * 1e6);
    }

    /** The kernel counts a process's time so, in microseconds. */
    private static long hundredths(double seconds) {
      return Math.round(seconds * 1e2) * 10_000;
    }
  }
}
