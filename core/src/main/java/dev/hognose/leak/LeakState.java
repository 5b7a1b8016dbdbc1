package dev.hognose.leak;

import java.util.Optional;

/**
 * All that is remembered of one process between two readings.
 *
 * <p>Immutable; states share what did not change, so that a reading that closes no bucket copies a
 * few words. Packed it has two parts: a small one that every reading changes, in {@link
 * LeakLife#pack}, and one that changes when a bucket closes; at most {@value
 * StatePacking#MOST_BYTES} bytes together.
 */
public final class LeakState {

  private static final LeakState INITIAL =
      new LeakState(
          0, new Head(0, 0, 0, PythonFigure.UNKNOWN), OpenFloors.EMPTY, Rings.NONE, Refused.NONE);

  private final long bucketMs;
  private final Head head;
  private final OpenFloors open;
  private final Rings rings;
  private final Refused refused;

  /**
   * Figures of the readings themselves.
   *
   * @param watermarkMs time of the latest reading, 0 before any
   * @param startedAtMs start of the process, 0 while unknown
   * @param limitKib latest limit, 0 while there is none
   */
  record Head(long watermarkMs, long startedAtMs, long limitKib, PythonFigure pythonFigure) {}

  /** What the floors of the Python heap are made of. */
  enum PythonFigure {
    UNKNOWN,
    NONE,
    BLOCKS,
    TRACED;

    static PythonFigure of(MemoryReading reading) {
      if (reading.traced()) {
        return TRACED;
      }
      return reading.blocks() == MemoryReading.ABSENT ? NONE : BLOCKS;
    }
  }

  /**
   * Keeps its parts.
   *
   * @param bucketMs width of the policy's bucket that the floors were taken with, 0 before any
   */
  LeakState(long bucketMs, Head head, OpenFloors open, Rings rings, Refused refused) {
    this.bucketMs = bucketMs;
    this.head = head;
    this.open = open;
    this.rings = rings;
    this.refused = refused;
  }

  /** Of a process that nothing is known of. */
  public static LeakState initial() {
    return INITIAL;
  }

  /** What only the closing of a bucket changes, in at most {@value StatePacking#MOST_BYTES}. */
  public byte[] packRings() {
    return StatePacking.packRings(rings.judgement());
  }

  /**
   * With what {@link #packRings} wrote, read when it is needed.
   *
   * @param packed kept, so nobody may change it; anything else makes the next closing fail with an
   *     {@link IllegalArgumentException}
   */
  public LeakState withRings(byte[] packed) {
    return new LeakState(bucketMs, head, open, Rings.packed(packed), refused);
  }

  /**
   * The same array, when {@link #packRings} wrote it: what comes from elsewhere is looked at before
   * it is kept.
   *
   * @throws IllegalArgumentException for anything else, and for the form of a newer version
   */
  public static byte[] rings(byte[] packed) {
    StatePacking.unpackRings(packed);
    return packed;
  }

  /** Whether no bucket was closed, and nothing forgotten, between the two. */
  public boolean hasRingsOf(LeakState other) {
    return rings == other.rings;
  }

  long bucketMs() {
    return bucketMs;
  }

  Head head() {
    return head;
  }

  OpenFloors open() {
    return open;
  }

  Judgement judgement() {
    return rings.judgement();
  }

  /** The leak that stands. */
  Optional<OwnLeak> ownLeak() {
    return judgement().leak().map(leak -> new OwnLeak(leak.firedAt(), leak.growth()));
  }

  Refused refused() {
    return refused;
  }

  LeakState with(Refused more) {
    return new LeakState(bucketMs, head, open, rings, more);
  }

  /** Before a reading that is believed although it is not later than what is known. */
  LeakState forgetting(MemoryReading reading, LeakPolicy policy) {
    boolean anotherLife = head.startedAtMs > 0 && startOf(reading) != head.startedAtMs;
    Judgement before = judgement();
    Judgement known =
        anotherLife ? before.restarted(policy.mostCreditHours()) : before.withoutFloors();
    Head none = new Head(0, 0, head.limitKib, head.pythonFigure);
    return new LeakState(bucketMs, none, OpenFloors.EMPTY, Rings.of(known), Refused.NONE);
  }

  /** Floors of another bucket width cannot be gone on with: they start anew, and a leak stands. */
  LeakState atPace(long widthMs) {
    if (bucketMs == widthMs) {
      return this;
    }
    return new LeakState(widthMs, head, OpenFloors.EMPTY, withoutFloors(), Refused.NONE);
  }

  private Rings withoutFloors() {
    return rings == Rings.NONE ? rings : Rings.of(judgement().withoutFloors());
  }

  /** Takes a usable reading into its bucket; closes none. */
  LeakState with(MemoryReading reading, LeakPolicy policy) {
    Rings known = rings;
    OpenFloors floors = open;
    long startedAtMs = Math.max(head.startedAtMs, startOf(reading));
    if (startedAtMs != head.startedAtMs && head.startedAtMs > 0) {
      known = Rings.of(known.judgement().restarted(policy.mostCreditHours()));
      floors = OpenFloors.EMPTY;
    }
    PythonFigure figure = PythonFigure.of(reading);
    if (figure != head.pythonFigure && head.pythonFigure != PythonFigure.UNKNOWN) {
      known = Rings.of(known.judgement().withoutFloors());
      floors = OpenFloors.EMPTY;
    }
    Head latest =
        new Head(
            Math.max(head.watermarkMs, reading.atMs()),
            startedAtMs,
            reading.hasLimit() ? reading.limitBytes() >> 10 : head.limitKib,
            figure);
    Floor floor =
        new Floor(
            reading.atMs() / bucketMs,
            reading.residentKib(),
            reading.pythonKib(),
            reading.keptKib());
    return new LeakState(bucketMs, latest, floors.with(floor), known, Refused.NONE);
  }

  /** A start later than the reading, by more than clocks differ, is none. */
  long startOf(MemoryReading reading) {
    long startedAtMs = reading.startedAtMs();
    return startedAtMs > 0 && startedAtMs <= reading.atMs() + bucketMs ? startedAtMs : 0;
  }
}
