import dev.hognose.v1.AgentFigures;
import dev.hognose.v1.EventLoop;
import dev.hognose.v1.GarbageCollector;
import dev.hognose.v1.Histogram;
import dev.hognose.v1.Process;
import dev.hognose.v1.Sample;
import dev.hognose.v1.ThreadCpu;
import dev.hognose.wire.Schema;
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
      fleet.add(first(i, startedMs, random).setSequence(sent).setIntervalMs(saidMs));
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
          producer.send(record(fleet.get(i).getProcess(), value, atMs));
        }
      }
    }
    System.out.printf("%d %d%n", (long) processes * samples, bytes / ((long) processes * samples));
    System.exit(0);
  }

  private static ProducerRecord<byte[], byte[]> record(Process process, byte[] value, long atMs) {
    String key =
        String.join(
            "/",
            process.getService(), process.getHost(), "" + process.getPid(), "" + process.getStartedAtMs());
    ProducerRecord<byte[], byte[]> record =
        new ProducerRecord<>(
            Topics.SAMPLES.name(), null, atMs, key.getBytes(StandardCharsets.UTF_8), value);
    record.headers().add(Schema.HEADER, Schema.header());
    return record;
  }

  private static Sample.Builder first(int number, long startedMs, Random random) {
    long rss = (60L << 20) + random.nextInt(100 << 20);
    return Sample.newBuilder()
        .setProcess(
            Process.newBuilder()
                .setService("service-" + number / OF_A_SERVICE)
                .setHost("host-" + number % 5_000)
                .setPid(1_000 + number)
                .setStartedAtMs(startedMs))
        .setVersion("1.4.2")
        .setRssBytes(rss)
        .setUssBytes(rss * 9 / 10)
        .setAllocatedBlocks(rss / 400)
        .setMemoryLimitBytes(512L << 20)
        .setMemoryUsageBytes(rss + (5 << 20))
        .setCpuLimitCores(2)
        .setThreads(12)
        .setOpenFds(30)
        .setMaxFds(1_048_576)
        .setGc(
            GarbageCollector.newBuilder()
                .addGeneration(GarbageCollector.Generation.newBuilder().setCollectionsTotal(100))
                .addGeneration(GarbageCollector.Generation.newBuilder().setCollectionsTotal(10))
                .addGeneration(GarbageCollector.Generation.newBuilder().setCollectionsTotal(1))
                .setPauseSeconds(histogram(7)))
        .addLoops(
            EventLoop.newBuilder()
                .setName("MainThread").setKind("asyncio").setLagSeconds(histogram(8)).setTasks(9))
        .setGilWaitSeconds(histogram(6))
        .addThreadCpu(
            ThreadCpu.newBuilder().setName("MainThread").setCpuSecondsTotal(3).setRunqueueSecondsTotal(1))
        .setAgent(AgentFigures.newBuilder().setCpuSecondsTotal(1).setTickMaxSeconds(.003));
  }

  private static Histogram.Builder histogram(int bounds) {
    Histogram.Builder histogram = Histogram.newBuilder().setSumSeconds(.5);
    for (int i = 0; i < bounds; i++) {
      histogram.addCounts(100 >> i);
    }
    return histogram;
  }

  /** Its counters run and its memory breathes. */
  private static Sample next(Sample.Builder process, long atMs, Random random) {
    long rss = Math.max(40L << 20, process.getRssBytes() + (random.nextInt(200) - 100) * 4096L);
    process
        .setSequence(process.getSequence() + 1)
        .setAtMs(atMs)
        .setCpuUserSecondsTotal(process.getCpuUserSecondsTotal() + random.nextInt(60) / 100.0)
        .setRssBytes(rss)
        .setUssBytes(rss * 9 / 10)
        .setMemoryUsageBytes(rss + (5 << 20))
        .setAllocatedBlocks(rss / 400)
        .setContextSwitchesVoluntaryTotal(process.getContextSwitchesVoluntaryTotal() + random.nextInt(900));
    Histogram.Builder lag = process.getLoopsBuilder(0).getLagSecondsBuilder();
    lag.setCounts(0, lag.getCounts(0) + 20).setSumSeconds(lag.getSumSeconds() + .004);
    return process.build();
  }
}
