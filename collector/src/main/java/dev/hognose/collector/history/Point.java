package dev.hognose.collector.history;

import dev.hognose.sample.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * The figures of a process over one step of time, at its end.
 *
 * @param rss the lowest of the step: its floor
 * @param cpuCores and the shares are of the step; empty for the first
 * @param lagSeconds that 99 of 100 callbacks of its loops did not exceed, a bucket's upper bound
 * @param blockedRatio share of the time in which a loop was blocked
 * @param gilWaitRatio share of the time for which a thread waited for the interpreter lock
 * @param gcRatio share of the time that garbage collections took
 */
public record Point(
    Instant at,
    Bytes rss,
    Optional<Bytes> memoryLimit,
    long allocatedBlocks,
    OptionalDouble cpuCores,
    OptionalDouble lagSeconds,
    OptionalDouble blockedRatio,
    OptionalDouble gilWaitRatio,
    OptionalDouble gcRatio,
    int threads,
    OptionalInt openFds,
    int tasks) {}
