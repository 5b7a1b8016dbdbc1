import dev.hognose.app.HognoseCommand;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Shell;
import dev.hognose.app.driver.OpenTopology;
import dev.hognose.app.driver.TopologyDriver;
import dev.hognose.settings.Env;
import dev.hognose.streams.StreamsApplication;
import dev.hognose.streams.StreamsSettings;
import dev.hognose.wire.Topics;
import dev.hognose.wire.capture.Capture;
import dev.hognose.wire.sample.SampleCodec;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.kstream.Consumed;

/**
 * A replay of a capture beside what it cannot be faster than: FILE table|json.
 *
 * <p>First the records are read and decoded, then the driver takes them through a topology that
 * decodes them and does nothing, then they are replayed. Seconds are of wall time, for the bars;
 * CPU is this thread's, which says more on a busy machine.
 */
public final class Race {

  /** Seconds, and seconds of CPU. */
  private record Took(double wall, double cpu) {}

  private interface Work {
    void run() throws Exception;
  }

  private static long records;
  private static long firstMs = Long.MAX_VALUE;
  private static long lastMs = Long.MIN_VALUE;
  private static final String READING = "reading and decoding";

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    boolean asJson = arguments[1].equals("json");
    SampleCodec codec = new SampleCodec();
    Took decoding =
        took(
            () ->
                each(
                    file,
                    record -> {
                      codec.decode(record.key(), record.value());
                      firstMs = Math.min(firstMs, record.timestamp());
                      lastMs = Math.max(lastMs, record.timestamp());
                      records++;
                    }));
    Took driving = took(() -> drive(file, codec));
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Shell shell =
        new Shell(Map.of(), new Output(told), new Output(OutputStream.nullOutputStream()));
    Took replay =
        took(
            () -> {
              int exitCode = HognoseCommand.in(shell).execute("replay", "--json", file.toString());
              if (exitCode != 0) {
                throw new IllegalStateException("replay: exit code " + exitCode);
              }
            });
    double happened = Duration.ofMillis(lastMs - firstMs).toMillis() / 1000.0;
    double million = 1e6 / records;
    Row.tell(
        List.of(
            Row.of("replay of a million samples", replay.wall * million, "s")
                .beside(READING, decoding.wall * million)
                .atMost(20),
            Row.of("CPU of it", replay.cpu * million, "s").beside(READING, decoding.cpu * million),
            Row.of("CPU of the driver that decodes and judges nothing", driving.cpu * million, "s")
                .beside(READING, decoding.cpu * million),
            Row.of("as many times as long as reading and decoding", replay.wall / decoding.wall, "times")
                .atMost(4),
            Row.of("as many times its CPU", replay.cpu / decoding.cpu, "times"),
            Row.of("as many times as fast as it happened", happened / replay.wall, "times")
                .atLeast(500),
            Row.of("heap at most, garbage included", heap() / (double) (1 << 20), "MiB").atMost(512),
            Row.of("capture, bytes a sample", (double) Files.size(file) / records, "B").atMost(60)),
        asJson);
  }

  private static Took took(Work work) throws Exception {
    var thread = ManagementFactory.getThreadMXBean();
    long begin = System.nanoTime();
    long cpu = thread.getCurrentThreadCpuTime();
    work.run();
    return new Took((System.nanoTime() - begin) / 1e9, (thread.getCurrentThreadCpuTime() - cpu) / 1e9);
  }

  private static void each(Path file, Consumer<ConsumerRecord<byte[], byte[]>> taker) throws Exception {
    try (Capture capture = Capture.open(file)) {
      Optional<ConsumerRecord<byte[], byte[]>> next = capture.next();
      while (next.isPresent()) {
        taker.accept(next.get());
        next = capture.next();
      }
    }
  }

  private static void drive(Path file, SampleCodec codec) throws Exception {
    Properties properties = StreamsApplication.properties(StreamsSettings.from(new Env(Map.of())));
    StreamsBuilder builder = OpenTopology.builder(new TopologyConfig(new StreamsConfig(properties)));
    builder.stream(Topics.SAMPLES.name(), Consumed.with(Topics.SAMPLES.key(), Topics.SAMPLES.value()).withName("samples"))
        .foreach((key, value) -> codec.decode(key, value), org.apache.kafka.streams.kstream.Named.as("decoded"));
    try (TopologyDriver driver = new TopologyDriver(builder.build(properties), properties)) {
      each(file, driver::next);
    }
  }

  private static long heap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
