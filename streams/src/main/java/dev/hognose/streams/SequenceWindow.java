package dev.hognose.streams;

import dev.hognose.wire.Codec;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;

/**
 * Which records of a process were seen on a topic, by the process's own numbers: tells a doubled
 * record from one that is only late.
 *
 * <p>The last {@value #WIDTH} numbers are known one by one. A number that was seen, or is older
 * than those, but with a time later than any before, is no double: the process counts anew, or two
 * processes have one identity, and neither may be silenced.
 */
final class SequenceWindow {

  /** What a record is to those before it. */
  enum Arrival {
    FRESH,
    DOUBLED,
    /** Too old to tell whether it was seen. */
    STALE
  }

  private static final int WIDTH = 256;
  private static final int WORDS = WIDTH / Long.SIZE;
  private static final byte FORMAT = 1;
  private static final int PACKED = 1 + Long.BYTES * (2 + WORDS);

  static final SequenceWindow EMPTY = new SequenceWindow(0, Long.MIN_VALUE, new long[WORDS]);

  private final long highest;
  private final long newestMs;

  /** Bit {@code n % WIDTH} stands for number n. */
  private final long[] seen;

  private SequenceWindow(long highest, long newestMs, long[] seen) {
    this.highest = highest;
    this.newestMs = newestMs;
    this.seen = seen;
  }

  Arrival arrivalOf(long sequence, Instant at) {
    if (sequence > highest || at.toEpochMilli() > newestMs) {
      return Arrival.FRESH;
    }
    if (sequence <= highest - WIDTH) {
      return Arrival.STALE;
    }
    return isSeen(sequence) ? Arrival.DOUBLED : Arrival.FRESH;
  }

  /** After a record that was {@link Arrival#FRESH}. */
  SequenceWindow with(long sequence, Instant at) {
    long newest = Math.max(newestMs, at.toEpochMilli());
    boolean late = sequence <= highest && sequence > highest - WIDTH && !isSeen(sequence);
    long[] next = late || sequence > highest ? seen.clone() : new long[WORDS];
    for (long skipped = Math.max(highest + 1, sequence - WIDTH + 1);
        skipped < sequence;
        skipped++) {
      next[word(skipped)] &= ~bit(skipped);
    }
    next[word(sequence)] |= bit(sequence);
    return new SequenceWindow(late ? highest : sequence, newest, next);
  }

  private boolean isSeen(long sequence) {
    return (seen[word(sequence)] & bit(sequence)) != 0;
  }

  private static int word(long sequence) {
    return (int) Long.remainderUnsigned(sequence, WIDTH) / Long.SIZE;
  }

  private static long bit(long sequence) {
    return 1L << sequence;
  }

  byte[] pack() {
    ByteBuffer bytes = ByteBuffer.allocate(PACKED).put(FORMAT).putLong(highest).putLong(newestMs);
    Arrays.stream(seen).forEach(bytes::putLong);
    return bytes.array();
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  static SequenceWindow unpack(byte[] bytes) {
    if (bytes.length != PACKED || bytes[0] != FORMAT) {
      throw new IllegalArgumentException(
          "sequence window of "
              + bytes.length
              + " bytes, format "
              + (bytes.length == 0 ? "none" : bytes[0])
              + ": expected "
              + PACKED
              + " bytes of format "
              + FORMAT);
    }
    ByteBuffer packed = ByteBuffer.wrap(bytes, 1, PACKED - 1);
    long highest = packed.getLong();
    long newestMs = packed.getLong();
    long[] seen = new long[WORDS];
    packed.asLongBuffer().get(seen);
    return new SequenceWindow(highest, newestMs, seen);
  }

  static Codec<SequenceWindow> codec() {
    return Stored.packed(SequenceWindow::pack, SequenceWindow::unpack);
  }
}
