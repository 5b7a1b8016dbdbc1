package dev.hognose.leak;

import dev.hognose.leak.LeakState.Head;
import dev.hognose.leak.LeakState.PythonFigure;
import dev.hognose.packed.Codes;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedTime;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The packed form of a state in two parts, each with its fields in order: what every reading
 * changes, as a part of the life, and what changes when a bucket closes, in a {@link Frame}.
 *
 * <p>Of times and floors the difference from one that stands before is written. Rings are as long
 * as the floors they have, so that a young process is small.
 */
final class StatePacking {

  static final int MOST_BYTES = 3072;

  private static final Frame RINGS = new Frame("rings", (byte) 8);
  private static final byte NO_LEAK = -1;

  private static final Codes<PythonFigure> FIGURES =
      new Codes<>(
          List.of(
              PythonFigure.UNKNOWN, PythonFigure.NONE, PythonFigure.BLOCKS, PythonFigure.TRACED));

  private StatePacking() {}

  static void putOpen(Packer out, LeakState state) {
    Varint.put(out, state.bucketMs());
    putHead(out, state.head());
    putFloors(out, state);
    Varint.putSigned(out, state.refused().fromMs());
    Varint.putSigned(out, state.refused().toMs() - state.refused().fromMs());
  }

  static LeakState getOpen(ByteBuffer in) {
    long bucketMs = Varint.get(in);
    Head head = getHead(in);
    OpenFloors open = getFloors(in, bucketBefore(bucketMs, head));
    long fromMs = Varint.getSigned(in);
    Refused refused = new Refused(fromMs, fromMs + Varint.getSigned(in));
    return new LeakState(bucketMs, head, open, Rings.NONE, refused);
  }

  static byte[] packRings(Judgement judgement) {
    return RINGS.write(out -> putJudgement(out, judgement));
  }

  static Judgement unpackRings(byte[] packed) {
    return RINGS.read(packed, StatePacking::getJudgement);
  }

  private static void putHead(Packer out, Head head) {
    Varint.putSigned(out, head.watermarkMs());
    Varint.putSigned(out, head.watermarkMs() - head.startedAtMs());
    Varint.putSigned(out, head.limitKib());
    out.put((byte) FIGURES.code(head.pythonFigure()));
  }

  private static Head getHead(ByteBuffer in) {
    long watermarkMs = Varint.getSigned(in);
    return new Head(
        watermarkMs,
        watermarkMs - Varint.getSigned(in),
        Varint.getSigned(in),
        FIGURES.kind(in.get()));
  }

  /** Where open floors are looked for: 0 before any reading. */
  private static long bucketBefore(long bucketMs, Head head) {
    return bucketMs > 0 ? head.watermarkMs() / bucketMs : 0;
  }

  private static void putFloors(Packer out, LeakState state) {
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

  private static OpenFloors getFloors(ByteBuffer in, long bucket) {
    OpenFloors open = OpenFloors.EMPTY;
    for (int left = in.get(); left > 0; left--) {
      open =
          open.with(
              new Floor(
                  bucket - Varint.getSigned(in),
                  Varint.getInt(in),
                  Varint.getInt(in),
                  Varint.getInt(in)));
    }
    return open;
  }

  private static void putJudgement(Packer out, Judgement judgement) {
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

  private static void putLeak(Packer out, Leak leak) {
    out.put((byte) leak.firedLevel());
    PackedTime.put(out, leak.firedAt());
    PackedDouble.put(out, leak.firedSlope().bytesPerHour());
    GrowthPacking.put(out, leak.growth());
  }

  private static Optional<Leak> getLeak(ByteBuffer in) {
    byte firedLevel = in.get();
    return firedLevel == NO_LEAK
        ? Optional.empty()
        : Optional.of(
            new Leak(
                PackedTime.get(in),
                GrowthPacking.getRate(in),
                firedLevel,
                GrowthPacking.getGrowth(in)));
  }

  private static void putTime(Packer out, OptionalLong time) {
    out.put((byte) (time.isPresent() ? 1 : 0));
    time.ifPresent(ms -> Varint.putSigned(out, ms));
  }

  private static OptionalLong getTime(ByteBuffer in) {
    return in.get() == 1 ? OptionalLong.of(Varint.getSigned(in)) : OptionalLong.empty();
  }
}
