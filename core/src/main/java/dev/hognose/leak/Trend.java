package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The latest judgement of a process's memory.
 *
 * @param reason why the verdict is unknown or warming, or no leak although it would be one alone;
 *     empty otherwise
 * @param where which heap a leak is in
 * @param since when the growth began
 * @param version of the service, empty when unknown
 * @param peersSharing processes of the service with the same growth, this one included
 */
public record Trend(
    ProcessId process,
    Instant at,
    Verdict verdict,
    String reason,
    Optional<Where> where,
    GrowthRate slope,
    Optional<SlopeInterval> slopeInterval,
    Optional<Instant> since,
    OptionalDouble hoursToLimit,
    OptionalDouble confidence,
    String version,
    int peersSharing) {

  /** With how its growth is shared, if it grows. */
  Trend shared(ServiceWord.Sharing sharing) {
    boolean grows = where.isPresent();
    return new Trend(
        process,
        at,
        verdict,
        reason,
        where,
        slope,
        slopeInterval,
        since,
        hoursToLimit,
        confidence,
        grows && !sharing.version().isEmpty() ? sharing.version() : version,
        grows ? Math.max(1, sharing.rising()) : peersSharing);
  }

  /** With why it is no leak; itself without a reason. */
  Trend heldBack(String why) {
    return why.isEmpty()
        ? this
        : new Trend(
            process,
            at,
            verdict,
            why,
            where,
            slope,
            slopeInterval,
            since,
            hoursToLimit,
            confidence,
            version,
            peersSharing);
  }

  /** What the trend means. */
  public enum Verdict {
    WARMING,
    STEADY,
    GROWING,
    SUSPECT,
    LEAKING,
    CLEARED,
    UNKNOWN
  }

  /** Which heap a leak is in. */
  public enum Where {
    /** Resident memory and the Python heap grow together. */
    PYTHON,
    /** The Python heap grows into free arenas, and resident memory stands still. */
    PYTHON_HIDDEN,
    /** Resident memory grows and the Python heap does not; buffers count one block each. */
    NATIVE,
    /** The allocator keeps what the program has given back. */
    FRAGMENTATION
  }

  /** Between which bounds the slope lies. */
  public record SlopeInterval(GrowthRate low, GrowthRate high) {}
}
