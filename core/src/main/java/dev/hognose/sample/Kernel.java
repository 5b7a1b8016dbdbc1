package dev.hognose.sample;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the kernel keeps and counts for the process; counts are since it started.
 *
 * @param children absent where they were not read
 * @param growing what the threads and descriptors are that rise in number
 */
public record Kernel(
    int threads,
    OptionalInt openFds,
    OptionalLong maxFds,
    long voluntarySwitches,
    long involuntarySwitches,
    long minorFaults,
    long majorFaults,
    Optional<Bytes> read,
    Optional<Bytes> written,
    Optional<Children> children,
    Growing growing) {}
