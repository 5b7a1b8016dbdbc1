package dev.hognose.streams;

import dev.hognose.packed.Column;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.wire.KeyedCodec;
import java.nio.ByteBuffer;
import java.time.Instant;

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

  /** Of a process that counts on, and of which nothing was lost, all of them were seen. */
  void pack(Packer out) {
    Varint.putSigned(out, highest);
    Varint.putSigned(out, newestMs);
    Column.put(out, seen);
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for what cannot be
   * @throws java.nio.BufferUnderflowException when the bytes end before it
   */
  static SequenceWindow unpack(ByteBuffer in) {
    return new SequenceWindow(Varint.getSigned(in), Varint.getSigned(in), Column.get(in, WORDS));
  }

  static KeyedCodec<SequenceWindow> codec() {
    return new PackedCodec<>(
        (out, window) -> window.pack(out), (key, in) -> SequenceWindow.unpack(in));
  }
}
