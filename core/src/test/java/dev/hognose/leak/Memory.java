package dev.hognose.leak;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;

/** Made-up readings of a process that has 100 MiB at the start and a limit of 1 GiB. */
final class Memory {

  static final long START_MS = 1_759_999_999_800L;
  static final long MIB = 1L << 20;

  private static final long EVERY_MS = 10_000;
  private static final double MS_PER_HOUR = 3.6e6;

  private Memory() {}

  /**
   * A reading every 10 s; Python blocks follow the growth.
   *
   * @param mibAt growth in MiB by hours since the start
   */
  static List<MemoryReading> growing(Duration time, DoubleUnaryOperator mibAt) {
    return LongStream.range(0, time.toMillis() / EVERY_MS)
        .mapToObj(i -> at(i * EVERY_MS, mibAt.applyAsDouble(i * EVERY_MS / MS_PER_HOUR)))
        .toList();
  }

  static MemoryReading at(long sinceStartMs, double mib) {
    long bytes = 100 * MIB + Math.round(mib * MIB);
    return MemoryReading.of(START_MS + sinceStartMs, bytes)
        .withBlocks(bytes / 64)
        .withLimit(1024 * MIB)
        .withStart(START_MS);
  }
}
