import dev.hognose.v2.AgentFigures;
import dev.hognose.v2.Container;
import dev.hognose.v2.EventLoop;
import dev.hognose.v2.GarbageCollector;
import dev.hognose.v2.Kernel;
import dev.hognose.v2.Memory;
import dev.hognose.v2.Sample;
import dev.hognose.v2.ThreadCpu;
import dev.hognose.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends what the agents of a fleet would have sent in its last minutes: SERVERS PROCESSES SAMPLES
 * STARTED-MS SENT INTERVAL-MS, of which STARTED-MS and SENT let the same fleet go on, and
 * INTERVAL-MS is what each sample says of the next, however far they are apart.
 *
 * <p>Twenty processes are a service; each sends a sample every ten seconds, at its own moment of
 * them. The last is a few seconds old, so that nothing looks silent or from the future.
 */
public final class FleetLoad {

  private static final int INTERVAL_MS = 10_000;
  private static final int OF_A_SERVICE = 20;

  public static void main(String[] arguments) throws Exception {
    int processes = Integer.parseInt(arguments[1]);
    int samples = Integer.parseInt(arguments[2]);
    long beginMs = Instant.now().toEpochMilli() - (long) samples * INTERVAL_MS;
    long startedMs = Long.parseLong(arguments[3]);
    long sent = Long.parseLong(arguments[4]);
    int saidMs = Integer.parseInt(arguments[5]);
    Random random = new Random(7);
    List<Sample.Builder> fleet = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      fleet.add(first(random).setSequence(sent).setIntervalMs(saidMs));
    }
    Properties properties = new Properties();
    properties.put("bootstrap.servers", arguments[0]);
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", 20);
    properties.put("batch.size", 1 << 17);
    long bytes = 0;
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (int tick = 0; tick < samples; tick++) {
        for (int i = 0; i < processes; i++) {
          long atMs = beginMs + (long) tick * INTERVAL_MS + (long) i * INTERVAL_MS / processes;
          byte[] value = next(fleet.get(i), atMs, random).toByteArray();
          bytes += value.length;
          producer.send(record(key(i, startedMs), value, atMs));
        }
      }
    }
    System.out.printf("%d %d%n", (long) processes * samples, bytes / ((long) processes * samples));
    System.exit(0);
  }

  private static String key(int number, long startedMs) {
    return String.join(
        "/",
        "service-" + number / OF_A_SERVICE, "host-" + number % 5_000, "" + (1_000 + number), "" + startedMs);
  }

  private static ProducerRecord<byte[], byte[]> record(String key, byte[] value, long atMs) {
    return new ProducerRecord<>(
        Topics.SAMPLES.name(), null, atMs, key.getBytes(StandardCharsets.UTF_8), value);
  }

  private static Sample.Builder first(Random random) {
    long rss = (60L << 20) + random.nextInt(100 << 20);
    return Sample.newBuilder()
        .setSchema(2)
        .setVersion("1.4.2")
        .setMemory(
            Memory.newBuilder().setRssBytes(rss).setUssBytes(rss * 9 / 10).setAllocatedBlocks(rss / 400))
        .setContainer(
            Container.newBuilder()
                .setMemoryLimitBytes(512L << 20)
                .setMemoryUsageBytes(rss + (5 << 20))
                .setCpuLimitMicrocores(2_000_000))
        .setKernel(Kernel.newBuilder().setThreads(12).setOpenFds(30).setMaxFds(1_048_576))
        .setGc(
            GarbageCollector.newBuilder()
                .addGeneration(GarbageCollector.Generation.newBuilder().setCollectionsTotal(100))
                .addGeneration(GarbageCollector.Generation.newBuilder().setCollectionsTotal(10))
                .addGeneration(GarbageCollector.Generation.newBuilder().setCollectionsTotal(1))
                .addAllPauseUs(histogram(7)))
        .addLoops(
            EventLoop.newBuilder()
                .addAllLagUs(histogram(8)).setTasks(9))
        .addAllGilWaitUs(histogram(6))
        .addThreadCpu(
            ThreadCpu.newBuilder().setCpuUsTotal(3_000_000).setRunqueueUsTotal(1_000_000))
        .setAgent(AgentFigures.newBuilder().setCpuUsTotal(1_000_000).setTickMaxUs(3_000));
  }

  private static List<Long> histogram(int bounds) {
    List<Long> histogram = new ArrayList<>(List.of(500_000L));
    for (int i = 0; i < bounds; i++) {
      histogram.add(100L >> i);
    }
    return histogram;
  }

  /** Its counters run and its memory breathes. */
  private static Sample next(Sample.Builder process, long atMs, Random random) {
    Memory.Builder memory = process.getMemoryBuilder();
    Kernel.Builder kernel = process.getKernelBuilder();
    EventLoop.Builder loop = process.getLoopsBuilder(0);
    long rss = Math.max(40L << 20, memory.getRssBytes() + (random.nextInt(200) - 100) * 4096L);
    memory.setRssBytes(rss).setUssBytes(rss * 9 / 10).setAllocatedBlocks(rss / 400);
    process.getContainerBuilder().setMemoryUsageBytes(rss + (5 << 20));
    kernel.setContextSwitchesVoluntaryTotal(kernel.getContextSwitchesVoluntaryTotal() + random.nextInt(900));
    loop.setLagUs(0, loop.getLagUs(0) + 4_000).setLagUs(1, loop.getLagUs(1) + 20);
    return process
        .setSequence(process.getSequence() + 1)
        .setAtMs(atMs)
        .setCpuUserUsTotal(process.getCpuUserUsTotal() + random.nextInt(60) * 10_000L)
        .build();
  }
}
