package dev.hognose.leak;

import dev.hognose.leak.LeakState.Head;
import dev.hognose.leak.LeakState.PythonFigure;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The packed form of a state in two parts, each with its fields in order and in a {@link Frame}:
 * what every reading changes, and what changes when a bucket closes.
 *
 * <p>Of times and floors the difference from one that stands before is written. Rings are as long
 * as the floors they have, so that a young process is small.
 */
final class StatePacking {

  static final int MOST_BYTES = 3072;

  /** Two floors and a few numbers. */
  static final int MOST_OPEN_BYTES = 192;

  /** More than what a detector makes takes: of its wide rings the finer ones tell half. */
  private static final int ROOM = 2 * MOST_BYTES;

  private static final Frame OPEN = new Frame("leak state", (byte) 6);
  private static final Frame RINGS = new Frame("rings", (byte) 8);
  private static final byte NO_LEAK = -1;

  /** Their places here are their codes: only ever append. */
  private static final List<PythonFigure> FIGURES =
      List.of(PythonFigure.UNKNOWN, PythonFigure.NONE, PythonFigure.BLOCKS, PythonFigure.TRACED);

  private StatePacking() {}

  static byte[] packOpen(LeakState state) {
    return OPEN.write(
        MOST_OPEN_BYTES - Frame.BYTES,
        out -> {
          Varint.put(out, state.bucketMs());
          putHead(out, state.head());
          putOpen(out, state);
          Varint.putSigned(out, state.refused().fromMs());
          Varint.putSigned(out, state.refused().toMs() - state.refused().fromMs());
        });
  }

  static LeakState unpackOpen(byte[] packed) {
    return OPEN.read(
        packed,
        in -> {
          long bucketMs = Varint.get(in);
          Head head = getHead(in);
          OpenFloors open = getOpen(in, bucketBefore(bucketMs, head));
          long fromMs = Varint.getSigned(in);
          Refused refused = new Refused(fromMs, fromMs + Varint.getSigned(in));
          return new LeakState(bucketMs, head, open, Rings.NONE, refused);
        });
  }

  static byte[] packRings(Judgement judgement) {
    return RINGS.write(ROOM, out -> putJudgement(out, judgement));
  }

  static Judgement unpackRings(byte[] packed) {
    return RINGS.read(packed, StatePacking::getJudgement);
  }

  private static void putHead(ByteBuffer out, Head head) {
    Varint.putSigned(out, head.watermarkMs());
    Varint.putSigned(out, head.watermarkMs() - head.startedAtMs());
    Varint.putSigned(out, head.limitKib());
    out.put((byte) FIGURES.indexOf(head.pythonFigure()));
  }

  private static Head getHead(ByteBuffer in) {
    long watermarkMs = Varint.getSigned(in);
    return new Head(
        watermarkMs,
        watermarkMs - Varint.getSigned(in),
        Varint.getSigned(in),
        FIGURES.get(in.get()));
  }

  /** Where open floors are looked for: 0 before any reading. */
  private static long bucketBefore(long bucketMs, Head head) {
    return bucketMs > 0 ? head.watermarkMs() / bucketMs : 0;
  }

  private static void putOpen(ByteBuffer out, LeakState state) {
    long bucket = bucketBefore(state.bucketMs(), state.head());
    OpenFloors open = state.open();
    out.put((byte) open.size());
    for (int i = 0; i < open.size(); i++) {
      Floor floor = open.get(i);
      Varint.putSigned(out, bucket - floor.bucket());
      Varint.putSigned(out, floor.resident());
      Varint.putSigned(out, floor.python());
      Varint.putSigned(out, floor.kept());
    }
  }

  private static OpenFloors getOpen(ByteBuffer in, long bucket) {
    OpenFloors open = OpenFloors.EMPTY;
    for (int left = in.get(); left > 0; left--) {
      open =
          open.with(new Floor(bucket - Varint.getSigned(in), getInt(in), getInt(in), getInt(in)));
    }
    return open;
  }

  private static int getInt(ByteBuffer in) {
    return Math.toIntExact(Varint.getSigned(in));
  }

  private static void putJudgement(ByteBuffer out, Judgement judgement) {
    Level finer = Level.EMPTY;
    for (Level level : judgement.levels()) {
      LevelPacking.put(out, level, finer);
      finer = level;
    }
    PackedDouble.put(out, judgement.evidenceHours());
    PackedDouble.put(out, judgement.creditHours());
    PackedDouble.put(out, judgement.slope().bytesPerHour());
    judgement.leak().ifPresentOrElse(leak -> putLeak(out, leak), () -> out.put(NO_LEAK));
    putTime(out, judgement.clearedAtMs());
    putTime(out, judgement.risingSinceMs());
  }

  private static Judgement getJudgement(ByteBuffer in) {
    List<Level> levels = new ArrayList<>(Level.COUNT);
    Level finer = Level.EMPTY;
    for (int i = 0; i < Level.COUNT; i++) {
      finer = LevelPacking.get(in, finer);
      levels.add(finer);
    }
    return new Judgement(
        levels,
        PackedDouble.get(in),
        PackedDouble.get(in),
        GrowthPacking.getRate(in),
        getLeak(in),
        getTime(in),
        getTime(in));
  }

  private static void putLeak(ByteBuffer out, Leak leak) {
    out.put((byte) leak.firedLevel());
    GrowthPacking.putTime(out, leak.firedAt());
    PackedDouble.put(out, leak.firedSlope().bytesPerHour());
    GrowthPacking.put(out, leak.growth());
  }

  private static Optional<Leak> getLeak(ByteBuffer in) {
    byte firedLevel = in.get();
    return firedLevel == NO_LEAK
        ? Optional.empty()
        : Optional.of(
            new Leak(
                GrowthPacking.getTime(in),
                GrowthPacking.getRate(in),
                firedLevel,
                GrowthPacking.getGrowth(in)));
  }

  private static void putTime(ByteBuffer out, OptionalLong time) {
    out.put((byte) (time.isPresent() ? 1 : 0));
    time.ifPresent(ms -> Varint.putSigned(out, ms));
  }

  private static OptionalLong getTime(ByteBuffer in) {
    return in.get() == 1 ? OptionalLong.of(Varint.getSigned(in)) : OptionalLong.empty();
  }
}
