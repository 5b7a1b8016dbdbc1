package dev.hognose.app.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;

/**
 * Gives a decoder input after input, and holds it to what it may do: read it, or refuse it in the
 * way that it says, soon, and without much memory.
 *
 * <p>{@code -Dhognose.fuzz.inputs=N} says how many, {@code -Dhognose.fuzz.first=M} with which
 * number to begin: an input is made of its number alone. Decoders are called by several threads.
 */
public final class Fuzzing {

  private static final long INPUTS = Long.getLong("hognose.fuzz.inputs", 20_000);
  private static final long FIRST = Long.getLong("hognose.fuzz.first", 0);

  /** Of one input; the largest example has 4 KB. */
  private static final long MOST_BYTES = 64L << 20;

  private static final long MOST_NANOS_OF_CPU = 2_000_000_000L;

  /** A line a minute while it lasts, for those who wait. */
  private static final long TELL_EVERY_NANOS = 60_000_000_000L;

  private final String decoder;
  private final AtomicLong tried = new AtomicLong();
  private final AtomicLong nextTelling = new AtomicLong();
  private final Class<? extends Exception> refusal;
  private final ThreadMXBean thread = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Fuzzing(String decoder, Class<? extends Exception> refusal) {
    this.decoder = decoder;
    this.refusal = refusal;
  }

  /** A decoder's name, and how it refuses. */
  public static Fuzzing of(String decoder, Class<? extends Exception> refusal) {
    return new Fuzzing(decoder, refusal);
  }

  /** Runs the share of all inputs that is this decoder's; the first finding ends it. */
  public void run(Mutations mutations, double share, Decoder decode) {
    long inputs = Math.round(INPUTS * share);
    long began = System.nanoTime();
    nextTelling.set(began + TELL_EVERY_NANOS);
    long refused = 0;
    int findings = 1;
    try {
      refused = refused(inputs, mutations, decode);
      findings = 0;
    } finally {
      // One line of the table that ./hognose test --fuzz ends with.
      System.out.printf(
          "fuzz %s inputs=%d refused=%d findings=%d seconds=%.0f seed=%d%n",
          decoder, inputs, refused, findings, (System.nanoTime() - began) / 1e9, FIRST);
    }
    assertThat(refused).as("inputs that are refused").isPositive();
    assertThat(inputs - refused).as("inputs that are still read").isPositive();
  }

  /** On all processors: inputs know nothing of each other. */
  private long refused(long inputs, Mutations mutations, Decoder decode) {
    return LongStream.range(FIRST, FIRST + inputs)
        .parallel()
        .peek(number -> tellNowAndThen(inputs))
        .filter(number -> !isRead(mutations.number(number), number, decode))
        .count();
  }

  private void tellNowAndThen(long inputs) {
    long done = tried.getAndIncrement();
    long due = nextTelling.get();
    long now = System.nanoTime();
    if (now >= due && nextTelling.compareAndSet(due, now + TELL_EVERY_NANOS)) {
      System.out.printf("fuzzing %s %d of %d%n", decoder, done, inputs);
    }
  }

  private boolean isRead(byte[] input, long number, Decoder decode) {
    long bytes = thread.getCurrentThreadAllocatedBytes();
    long nanos = thread.getCurrentThreadCpuTime();
    boolean isRead = true;
    try {
      decode.read(input);
    } catch (Exception | AssertionError | StackOverflowError | OutOfMemoryError thrown) {
      if (!refusal.isInstance(thrown)) {
        throw new AssertionError(finding(input, number, thrown.toString()), thrown);
      }
      isRead = false;
    }
    long allocated = thread.getCurrentThreadAllocatedBytes() - bytes;
    long used = thread.getCurrentThreadCpuTime() - nanos;
    if (allocated > MOST_BYTES || used > MOST_NANOS_OF_CPU) {
      String cost = allocated + " bytes and " + used + " ns for one input";
      throw new AssertionError(finding(input, number, cost));
    }
    return isRead;
  }

  private String finding(byte[] input, long number, String what) {
    return decoder + ", input " + number + " " + HexFormat.of().formatHex(input) + ": " + what;
  }

  /** What is tried. */
  public interface Decoder {
    void read(byte[] input) throws Exception;
  }
}
