package dev.hognose.leak;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Memory;
import dev.hognose.sample.Sample;
import java.util.Optional;

/**
 * The memory figures of one process at one moment, as the detector takes them.
 *
 * <p>Primitives, as this is built for every sample. Which figures a platform has differs: whatever
 * is not known is {@link #ABSENT}. Nothing is checked here: what cannot be used is named by the
 * detector ({@link Outcome.Ignored}).
 *
 * @param atMs when it was read, milliseconds since 1970
 * @param rssBytes resident memory; none or less is a failed read
 * @param ussBytes memory that only this process has; none or less is unknown, and RSS stands in
 * @param blocks {@code sys.getallocatedblocks()}; none or less is a failed read, {@link #ABSENT}
 *     means that the Python heap is unknown
 * @param tracedBytes live bytes by tracemalloc; negative while it is off
 * @param limitBytes memory limit of the cgroup; none or less, and the 2<sup>63</sup> less a page
 *     that cgroup v1 writes, mean no limit
 * @param startedAtMs start of the process; none or less is unknown
 * @param keptBytes free memory that the C library keeps; negative is unknown
 */
public record MemoryReading(
    long atMs,
    long rssBytes,
    long ussBytes,
    long blocks,
    long tracedBytes,
    long limitBytes,
    long startedAtMs,
    long keptBytes) {

  /** A figure that is not known. */
  public static final long ABSENT = Long.MIN_VALUE;

  private static final long EARLIEST_MS = 1_420_070_400_000L; // 2015-01-01
  private static final long LATEST_MS = 7_258_118_400_000L; // 2200-01-01
  private static final long MOST_BYTES = 1L << 41; // KiB fit an int
  private static final long MOST_BLOCKS = 1L << 35; // KiB of them fit an int
  private static final long NO_LIMIT_BYTES = 1L << 60;

  /** Only what every platform has; the rest is absent. */
  public static MemoryReading of(long atMs, long rssBytes) {
    return new MemoryReading(atMs, rssBytes, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT, ABSENT);
  }

  static MemoryReading of(Sample sample) {
    Memory memory = sample.memory();
    return new MemoryReading(
        sample.at().toEpochMilli(),
        memory.rss().count(),
        count(memory.uss()),
        memory.allocatedBlocks(),
        count(memory.traced()),
        count(sample.container().memoryLimit()),
        sample.process().startedAt().toEpochMilli(),
        count(memory.mallocFree()));
  }

  private static long count(Optional<Bytes> bytes) {
    return bytes.map(Bytes::count).orElse(ABSENT);
  }

  public MemoryReading withUss(long bytes) {
    return new MemoryReading(
        atMs, rssBytes, bytes, blocks, tracedBytes, limitBytes, startedAtMs, keptBytes);
  }

  public MemoryReading withBlocks(long count) {
    return new MemoryReading(
        atMs, rssBytes, ussBytes, count, tracedBytes, limitBytes, startedAtMs, keptBytes);
  }

  public MemoryReading withTraced(long bytes) {
    return new MemoryReading(
        atMs, rssBytes, ussBytes, blocks, bytes, limitBytes, startedAtMs, keptBytes);
  }

  public MemoryReading withLimit(long bytes) {
    return new MemoryReading(
        atMs, rssBytes, ussBytes, blocks, tracedBytes, bytes, startedAtMs, keptBytes);
  }

  public MemoryReading withStart(long ms) {
    return new MemoryReading(
        atMs, rssBytes, ussBytes, blocks, tracedBytes, limitBytes, ms, keptBytes);
  }

  public MemoryReading withKept(long bytes) {
    return new MemoryReading(
        atMs, rssBytes, ussBytes, blocks, tracedBytes, limitBytes, startedAtMs, bytes);
  }

  boolean failed() {
    return rssBytes <= 0 || (blocks <= 0 && blocks != ABSENT);
  }

  boolean hasImplausibleTime() {
    return atMs < EARLIEST_MS || atMs >= LATEST_MS;
  }

  boolean hasImplausibleFigure() {
    return rssBytes >= MOST_BYTES
        || ussBytes >= MOST_BYTES
        || blocks >= MOST_BLOCKS
        || tracedBytes >= MOST_BYTES
        || keptBytes >= MOST_BYTES;
  }

  boolean hasLimit() {
    return limitBytes > 0 && limitBytes < NO_LIMIT_BYTES;
  }

  boolean traced() {
    return tracedBytes >= 0;
  }

  int residentKib() {
    return (int) ((ussBytes > 0 ? ussBytes : rssBytes) >> 10);
  }

  int keptKib() {
    return keptBytes < 0 ? Floor.ABSENT : (int) (keptBytes >> 10);
  }

  /** A block counts 64 bytes; in real programs it has 44 to 75. */
  int pythonKib() {
    if (traced()) {
      return (int) (tracedBytes >> 10);
    }
    return blocks == ABSENT ? 0 : (int) (blocks >> 4);
  }
}
