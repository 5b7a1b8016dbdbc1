package dev.hognose.leak;

import dev.hognose.sample.ProcessId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one process showed within a stretch of {@value #STRETCH} buckets: all that the judgement of
 * its service needs of it.
 *
 * <p>There is at most one in a stretch, whatever the number of samples: one in 16 minutes with the
 * default bucket, {@link ObservationPacking#MOST_BYTES} bytes when packed and less than 200 as a
 * rule. It is a function of the process's own states, so that the order in which processes are read
 * does not matter.
 *
 * @param place where the process lives, and lives again after a restart; 1 to 300 characters
 * @param atMs end of the bucket that closed the stretch, milliseconds since 1970: nothing later is
 *     known to it
 * @param startedAtMs 0 while unknown
 * @param first no floor before can be compared with this one
 * @param rising the latest growth of each level that was tested just now, finest first
 * @param version that the process runs, empty while unknown
 * @param limitKib of its memory, 0 while there is none
 * @param ownLeak that its own floors show
 */
public record LifeObservation(
    String place,
    long atMs,
    long startedAtMs,
    boolean first,
    int residentKib,
    int pythonKib,
    List<Candidate> rising,
    String version,
    long limitKib,
    Optional<OwnLeak> ownLeak) {

  /** Buckets in a stretch. */
  static final int STRETCH = 1 << LifeObservation.LEVEL;

  private static final int LEVEL = 3;
  private static final int LONGEST_PLACE = 300;
  private static final int LONGEST_VERSION = 64;

  public LifeObservation {
    if (place.isEmpty() || place.length() > LONGEST_PLACE) {
      throw new IllegalArgumentException(
          "place of " + place.length() + " characters: expected 1 to " + LONGEST_PLACE);
    }
    rising = List.copyOf(rising);
  }

  /** Of a process that nothing is known of but its floors. */
  LifeObservation(
      String place,
      long atMs,
      long startedAtMs,
      boolean first,
      int residentKib,
      int pythonKib,
      List<Candidate> rising) {
    this(place, atMs, startedAtMs, first, residentKib, pythonKib, rising, "", 0, Optional.empty());
  }

  /** As a process shows it whose start is known from its identity. */
  LifeObservation of(ProcessId process, String runs) {
    return new LifeObservation(
        place,
        atMs,
        process.startedAt().toEpochMilli(),
        first,
        residentKib,
        pythonKib,
        rising,
        runs.substring(0, Math.min(runs.length(), LONGEST_VERSION)),
        limitKib,
        ownLeak);
  }

  /** As a process shows it that runs a version, empty when unknown. */
  public LifeObservation running(String runs) {
    return withVersion(runs.substring(0, Math.min(runs.length(), LONGEST_VERSION)));
  }

  /** With the version that the process runs, as {@link #of} has cut it. */
  LifeObservation withVersion(String runs) {
    return new LifeObservation(
        place, atMs, startedAtMs, first, residentKib, pythonKib, rising, runs, limitKib, ownLeak);
  }

  /**
   * With what its service sends back to the process.
   *
   * @param limit of its memory, KiB, 0 while there is none
   * @param leak that its own floors show
   */
  LifeObservation with(long limit, Optional<OwnLeak> leak) {
    return new LifeObservation(
        place, atMs, startedAtMs, first, residentKib, pythonKib, rising, version, limit, leak);
  }

  /**
   * Which of two of one place counts in a stretch: that of the later life, or of the later time.
   */
  public LifeObservation or(LifeObservation other) {
    if (startedAtMs != other.startedAtMs) {
      return startedAtMs > other.startedAtMs ? this : other;
    }
    return other.atMs > atMs ? other : this;
  }

  /**
   * What a reading let a process show, if it ended a stretch.
   *
   * @param place where the process lives, and lives again after a restart; unique within its
   *     service, 1 to 300 characters: host and pid, or the name that a supervisor gives it
   * @param before state that {@link LeakDetector#next} was given
   * @param after state that it answered with
   */
  public static Optional<LifeObservation> between(String place, LeakState before, LeakState after) {
    if (after.hasRingsOf(before)) {
      return Optional.empty();
    }
    List<Level> were = before.judgement().levels();
    List<Level> are = after.judgement().levels();
    Ring stretches = are.get(LEVEL).ring();
    if (stretches.newest() == were.get(LEVEL).ring().newest() || stretches.size() == 0) {
      return Optional.empty();
    }
    List<Candidate> rising = new ArrayList<>();
    for (int level = 1; level < Level.COUNT; level++) {
      if (are.get(level).ring().newest() != were.get(level).ring().newest()) {
        are.get(level).finding().candidate().ifPresent(rising::add);
      }
    }
    int last = stretches.size() - 1;
    return Optional.of(
        new LifeObservation(
                place,
                (are.get(0).ring().newest() + 1) * after.bucketMs(),
                after.head().startedAtMs(),
                last == 0,
                stretches.resident(last),
                stretches.python(last),
                rising)
            .with(after.head().limitKib(), after.ownLeak()));
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else, and for the form of a newer version
   */
  public static LifeObservation unpack(byte[] packed) {
    return ObservationPacking.unpack(packed);
  }

  public byte[] pack() {
    return ObservationPacking.pack(this);
  }
}
