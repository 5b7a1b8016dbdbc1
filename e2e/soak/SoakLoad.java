import dev.hognose.v2.EventLoop;
import dev.hognose.v2.Kernel;
import dev.hognose.v2.Memory;
import dev.hognose.v2.Sample;
import dev.hognose.wire.Topics;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * A fleet whose processes each send a sample a second: SERVERS PROCESSES SECONDS. In the end it
 * says how many samples the broker has acknowledged, and how many it has refused.
 *
 * <p>Memory of the processes breathes and does not grow; a sample is as old as it is late.
 */
public final class SoakLoad {

  private static final int INTERVAL_MS = 1_000;
  private static final int OF_A_SERVICE = 20;
  private static final long RSS = 80L << 20;

  public static void main(String[] arguments) {
    int processes = Integer.parseInt(arguments[1]);
    long samples = Long.parseLong(arguments[2]) * processes;
    long beganMs = System.currentTimeMillis();
    AtomicLong acknowledged = new AtomicLong();
    AtomicLong refused = new AtomicLong();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            properties(arguments[0]), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long number = 0; number < samples; number++) {
        long dueMs = beganMs + number * INTERVAL_MS / processes;
        while (System.currentTimeMillis() < dueMs) {
          LockSupport.parkNanos(1_000_000);
        }
        producer.send(
            sample((int) (number % processes), number / processes + 1, beganMs, dueMs),
            (metadata, failure) -> (failure == null ? acknowledged : refused).incrementAndGet());
      }
    }
    System.out.printf("acknowledged %d refused %d%n", acknowledged.get(), refused.get());
    System.exit(0);
  }

  private static Properties properties(String servers) {
    Properties properties = new Properties();
    properties.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    properties.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
    properties.put(ProducerConfig.LINGER_MS_CONFIG, 50);
    properties.put(ProducerConfig.BATCH_SIZE_CONFIG, 1 << 17);
    return properties;
  }

  private static ProducerRecord<byte[], byte[]> sample(
      int process, long sequence, long beganMs, long atMs) {
    long breath = (sequence * 37 + process * 101L) % 64 << 16;
    Sample sample =
        Sample.newBuilder()
            .setSchema(2)
            .setSequence(sequence)
            .setAtMs(atMs)
            .setIntervalMs(INTERVAL_MS)
            .setVersion("1.0")
            .setCpuUserUsTotal(sequence * 10_000)
            .setMemory(
                Memory.newBuilder()
                    .setRssBytes(RSS + breath)
                    .setUssBytes(RSS + breath)
                    .setAllocatedBlocks(500_000 + breath / 400))
            .setKernel(Kernel.newBuilder().setThreads(12).setOpenFds(30))
            .addLoops(EventLoop.newBuilder().setTasks(9))
            .build();
    String key =
        String.join(
            "/",
            "service-" + process / OF_A_SERVICE,
            "host-" + process % 100,
            Integer.toString(1_000 + process),
            Long.toString(beganMs - 60_000));
    return new ProducerRecord<>(
        Topics.SAMPLES.name(),
        null,
        atMs,
        key.getBytes(StandardCharsets.UTF_8),
        sample.toByteArray());
  }
}
