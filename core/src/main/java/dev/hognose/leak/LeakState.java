package dev.hognose.leak;

/**
 * All that is remembered of one process between two readings.
 *
 * <p>Immutable; states share what did not change, so that a reading that closes no bucket copies a
 * few words. At most {@value StatePacking#MOST_BYTES} bytes when packed.
 */
public final class LeakState {

  private static final LeakState INITIAL =
      new LeakState(
          0,
          new Head(0, 0, 0, PythonFigure.UNKNOWN),
          OpenFloors.EMPTY,
          Judgement.NONE,
          Refused.NONE);

  private final long bucketMs;
  private final Head head;
  private final OpenFloors open;
  private final Judgement judgement;
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
  LeakState(long bucketMs, Head head, OpenFloors open, Judgement judgement, Refused refused) {
    this.bucketMs = bucketMs;
    this.head = head;
    this.open = open;
    this.judgement = judgement;
    this.refused = refused;
  }

  /** Of a process that nothing is known of. */
  public static LeakState initial() {
    return INITIAL;
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else, and for the form of a newer version
   */
  public static LeakState unpack(byte[] packed) {
    return StatePacking.unpack(packed);
  }

  /** The whole state in at most {@value StatePacking#MOST_BYTES} bytes. */
  public byte[] pack() {
    return StatePacking.pack(this);
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
    return judgement;
  }

  Refused refused() {
    return refused;
  }

  LeakState with(Refused more) {
    return new LeakState(bucketMs, head, open, judgement, more);
  }

  /** Before a reading that is believed although it is not later than what is known. */
  LeakState forgetting(MemoryReading reading, LeakPolicy policy) {
    boolean anotherLife = head.startedAtMs > 0 && startOf(reading) != head.startedAtMs;
    Judgement known =
        anotherLife ? judgement.restarted(policy.mostCreditHours()) : judgement.withoutFloors();
    Head none = new Head(0, 0, head.limitKib, head.pythonFigure);
    return new LeakState(bucketMs, none, OpenFloors.EMPTY, known, Refused.NONE);
  }

  /** Floors of another bucket width cannot be gone on with: they start anew, and a leak stands. */
  LeakState atPace(long widthMs) {
    if (bucketMs == widthMs) {
      return this;
    }
    return new LeakState(widthMs, head, OpenFloors.EMPTY, judgement.withoutFloors(), Refused.NONE);
  }

  /** Takes a usable reading into its bucket; closes none. */
  LeakState with(MemoryReading reading, LeakPolicy policy) {
    Judgement known = judgement;
    OpenFloors floors = open;
    long startedAtMs = Math.max(head.startedAtMs, startOf(reading));
    if (startedAtMs != head.startedAtMs && head.startedAtMs > 0) {
      known = known.restarted(policy.mostCreditHours());
      floors = OpenFloors.EMPTY;
    }
    PythonFigure figure = PythonFigure.of(reading);
    if (figure != head.pythonFigure && head.pythonFigure != PythonFigure.UNKNOWN) {
      known = known.withoutFloors();
      floors = OpenFloors.EMPTY;
    }
    Head latest =
        new Head(
            Math.max(head.watermarkMs, reading.atMs()),
            startedAtMs,
            reading.hasLimit() ? reading.limitBytes() >> 10 : head.limitKib,
            figure);
    Floor floor = new Floor(reading.atMs() / bucketMs, reading.residentKib(), reading.pythonKib());
    return new LeakState(bucketMs, latest, floors.with(floor), known, Refused.NONE);
  }

  /** A start later than the reading, by more than clocks differ, is none. */
  long startOf(MemoryReading reading) {
    long startedAtMs = reading.startedAtMs();
    return startedAtMs > 0 && startedAtMs <= reading.atMs() + bucketMs ? startedAtMs : 0;
  }
}
