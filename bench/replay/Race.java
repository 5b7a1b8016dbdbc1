import dev.hognose.app.HognoseCommand;
import dev.hognose.app.console.Output;
import dev.hognose.app.console.Shell;
import dev.hognose.wire.Capture;
import dev.hognose.wire.SampleCodec;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Reads and decodes a capture, then replays it, and says how long each took: FILE. */
public final class Race {

  public static void main(String[] arguments) throws Exception {
    Path file = Path.of(arguments[0]);
    SampleCodec codec = new SampleCodec();
    long begin = System.nanoTime();
    long records = 0;
    long firstMs = Long.MAX_VALUE;
    long lastMs = Long.MIN_VALUE;
    try (Capture capture = Capture.open(file)) {
      Optional<ConsumerRecord<byte[], byte[]>> next = capture.next();
      while (next.isPresent()) {
        codec.decode(next.get().value());
        firstMs = Math.min(firstMs, next.get().timestamp());
        lastMs = Math.max(lastMs, next.get().timestamp());
        records++;
        next = capture.next();
      }
    }
    double decoding = (System.nanoTime() - begin) / 1e9;
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    Shell shell =
        new Shell(Map.of(), new Output(told), new Output(OutputStream.nullOutputStream()));
    begin = System.nanoTime();
    int exitCode = HognoseCommand.in(shell).execute("replay", "--json", file.toString());
    double replay = (System.nanoTime() - begin) / 1e9;
    shell.out().flush();
    double happened = Duration.ofMillis(lastMs - firstMs).toSeconds();
    System.out.printf("reading and decoding  %.1f s%n", decoding);
    System.out.printf(
        "replay                %.1f s, %.0f samples a second, %.1f times as long, %.0f times as fast as it happened%n",
        replay, records / replay, replay / decoding, happened / replay);
    System.out.printf(
        "                      exit code %d, %d alert lines%n", exitCode, told.toString().lines().count());
    long used =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == java.lang.management.MemoryType.HEAP)
            .mapToLong(pool -> pool.getPeakUsage().getUsed())
            .sum();
    System.out.printf("                      %d MiB of heap at most, garbage included%n", used >> 20);
  }
}
