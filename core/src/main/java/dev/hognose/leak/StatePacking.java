package dev.hognose.leak;

import dev.hognose.leak.LeakState.Head;
import dev.hognose.leak.LeakState.PythonFigure;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The packed form of a state in two parts, each with its fields in order and in a {@link Frame}:
 * what every reading changes, and what changes when a bucket closes.
 *
 * <p>Numbers are big-endian. An absent double is NaN, an absent time {@link Long#MIN_VALUE}. Rings
 * are as long as the floors they have, so that a young process is small.
 */
final class StatePacking {

  static final int MOST_BYTES = 3072;

  /** Two floors and a few numbers. */
  static final int MOST_OPEN_BYTES = 96;

  private static final int MOST_RINGS_BYTES = MOST_BYTES - MOST_OPEN_BYTES;

  private static final Frame OPEN = new Frame("leak state", (byte) 5);
  private static final Frame RINGS = new Frame("rings", (byte) 7);
  private static final long ABSENT_TIME = Long.MIN_VALUE;
  private static final byte NO_LEAK = -1;

  /** Their places here are their codes: only ever append. */
  private static final List<PythonFigure> FIGURES =
      List.of(PythonFigure.UNKNOWN, PythonFigure.NONE, PythonFigure.BLOCKS, PythonFigure.TRACED);

  private StatePacking() {}

  static byte[] packOpen(LeakState state) {
    return OPEN.write(
        MOST_OPEN_BYTES - Frame.BYTES,
        out -> {
          out.putLong(state.bucketMs());
          putHead(out, state.head());
          putOpen(out, state.open());
          out.putLong(state.refused().fromMs()).putLong(state.refused().toMs());
        });
  }

  static LeakState unpackOpen(byte[] packed) {
    return OPEN.read(
        packed,
        in ->
            new LeakState(
                in.getLong(),
                getHead(in),
                getOpen(in),
                Rings.NONE,
                new Refused(in.getLong(), in.getLong())));
  }

  static byte[] packRings(Judgement judgement) {
    return RINGS.write(MOST_RINGS_BYTES - Frame.BYTES, out -> putJudgement(out, judgement));
  }

  static Judgement unpackRings(byte[] packed) {
    return RINGS.read(packed, StatePacking::getJudgement);
  }

  private static void putHead(ByteBuffer out, Head head) {
    out.putLong(head.watermarkMs()).putLong(head.startedAtMs()).putLong(head.limitKib());
    out.put((byte) FIGURES.indexOf(head.pythonFigure()));
  }

  private static Head getHead(ByteBuffer in) {
    return new Head(in.getLong(), in.getLong(), in.getLong(), FIGURES.get(in.get()));
  }

  private static void putOpen(ByteBuffer out, OpenFloors open) {
    out.put((byte) open.size());
    for (int i = 0; i < open.size(); i++) {
      LevelPacking.putFloor(out, open.get(i));
    }
  }

  private static OpenFloors getOpen(ByteBuffer in) {
    OpenFloors open = OpenFloors.EMPTY;
    for (int left = in.get(); left > 0; left--) {
      open = open.with(LevelPacking.getFloor(in));
    }
    return open;
  }

  private static void putJudgement(ByteBuffer out, Judgement judgement) {
    judgement.levels().forEach(level -> LevelPacking.put(out, level));
    out.putDouble(judgement.evidenceHours()).putDouble(judgement.creditHours());
    out.putDouble(judgement.slope().bytesPerHour());
    judgement.leak().ifPresentOrElse(leak -> putLeak(out, leak), () -> out.put(NO_LEAK));
    out.putLong(judgement.clearedAtMs().orElse(ABSENT_TIME));
    out.putLong(judgement.risingSinceMs().orElse(ABSENT_TIME));
  }

  private static Judgement getJudgement(ByteBuffer in) {
    List<Level> levels = new ArrayList<>(Level.COUNT);
    for (int i = 0; i < Level.COUNT; i++) {
      levels.add(LevelPacking.get(in));
    }
    return new Judgement(
        levels,
        in.getDouble(),
        in.getDouble(),
        LevelPacking.getRate(in),
        getLeak(in),
        getTime(in),
        getTime(in));
  }

  private static void putLeak(ByteBuffer out, Leak leak) {
    out.put((byte) leak.firedLevel()).putLong(leak.firedAt().toEpochMilli());
    out.putDouble(leak.firedSlope().bytesPerHour());
    LevelPacking.putGrowth(out, leak.growth());
  }

  private static Optional<Leak> getLeak(ByteBuffer in) {
    byte firedLevel = in.get();
    return firedLevel == NO_LEAK
        ? Optional.empty()
        : Optional.of(
            new Leak(
                Instant.ofEpochMilli(in.getLong()),
                LevelPacking.getRate(in),
                firedLevel,
                LevelPacking.getGrowth(in)));
  }

  private static OptionalLong getTime(ByteBuffer in) {
    long time = in.getLong();
    return time == ABSENT_TIME ? OptionalLong.empty() : OptionalLong.of(time);
  }
}
