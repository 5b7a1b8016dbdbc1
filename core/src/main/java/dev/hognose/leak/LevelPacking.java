package dev.hognose.leak;

import dev.hognose.leak.Finding.Strength;
import dev.hognose.packed.Codes;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/** The packed form of a level beside the finer one; see {@link StatePacking}. */
final class LevelPacking {

  private static final Codes<Strength> STRENGTHS =
      new Codes<>(List.of(Strength.UNTESTED, Strength.NOTHING, Strength.GROWING, Strength.SUSPECT));

  /** What is known of the floor of the bucket being filled. */
  private enum Open {
    NONE,
    /** It is the lowest of what the finer level has of the bucket. */
    AS_IN_FINER,
    TOLD
  }

  private static final Codes<Open> OPEN =
      new Codes<>(List.of(Open.NONE, Open.AS_IN_FINER, Open.TOLD));

  private static final int OPEN_SHIFT = 4;
  private static final int STRENGTH = (1 << OPEN_SHIFT) - 1;

  private LevelPacking() {}

  /**
   * Writes a level.
   *
   * @param finer an empty one at the finest
   */
  static void put(Packer out, Level level, Level finer) {
    Open open = open(level, finer);
    int strength = STRENGTHS.code(level.finding().strength());
    out.put((byte) ((OPEN.code(open) << OPEN_SHIFT) | strength));
    RingPacking.put(out, level.ring(), finer.ring());
    if (open == Open.TOLD) {
      Varint.putSigned(out, level.open().bucket() - bucketAfter(finer));
      Varint.putSigned(out, level.open().resident());
      Varint.putSigned(out, level.open().python());
    }
    if (open != Open.NONE) {
      Varint.putSigned(out, level.open().kept() - (long) finer.open().kept());
    }
    level.finding().candidate().ifPresent(candidate -> GrowthPacking.put(out, candidate));
  }

  static Level get(ByteBuffer in, Level finer) {
    int head = in.get();
    Strength strength = STRENGTHS.kind(head & STRENGTH);
    Ring ring = RingPacking.get(in, finer.ring());
    Floor open =
        switch (OPEN.kind(head >> OPEN_SHIFT)) {
          case NONE -> Floor.NONE;
          case AS_IN_FINER -> kept(asInFiner(finer), in, finer);
          case TOLD ->
              kept(
                  new Floor(
                      Varint.getSigned(in) + bucketAfter(finer),
                      Varint.getInt(in),
                      Varint.getInt(in)),
                  in,
                  finer);
        };
    return new Level(ring, open, getFinding(in, strength));
  }

  private static Open open(Level level, Level finer) {
    Floor open = level.open();
    if (open.equals(Floor.NONE)) {
      return Open.NONE;
    }
    boolean known = open.bucket() == bucketAfter(finer) && isKnown(finer);
    Floor lowest = known ? asInFiner(finer) : Floor.NONE;
    return known && open.resident() == lowest.resident() && open.python() == lowest.python()
        ? Open.AS_IN_FINER
        : Open.TOLD;
  }

  /** Of the wider bucket that the finer level is in. */
  private static long bucketAfter(Level finer) {
    return (finer.open().isNone() ? finer.ring().newest() : finer.open().bucket()) >> 1;
  }

  private static boolean isKnown(Level finer) {
    return !finer.open().isNone() || finer.ring().knows(bucketAfter(finer));
  }

  /** Of a level whose finer one is not the finest, the floor that is open there belongs to it. */
  private static Floor asInFiner(Level finer) {
    long bucket = bucketAfter(finer);
    Ring ring = finer.ring();
    Floor open = finer.open();
    if (!ring.knows(bucket)) {
      if (open.isNone()) {
        throw new IllegalArgumentException("bucket " + bucket + ": expected it in the finer ring");
      }
      return new Floor(bucket, open.resident(), open.python());
    }
    Floor closed =
        new Floor(
            bucket,
            RingPacking.lowest(ring, bucket, ring::resident),
            RingPacking.lowest(ring, bucket, ring::python));
    return open.isNone()
        ? closed
        : closed.lowered(new Floor(bucket, open.resident(), open.python()));
  }

  private static Floor kept(Floor floor, ByteBuffer in, Level finer) {
    int kept = Math.toIntExact(Varint.getSigned(in) + finer.open().kept());
    return new Floor(floor.bucket(), floor.resident(), floor.python(), kept);
  }

  private static Finding getFinding(ByteBuffer in, Strength strength) {
    return switch (strength) {
      case UNTESTED -> Finding.UNTESTED;
      case NOTHING -> Finding.NOTHING;
      case GROWING, SUSPECT -> new Finding(strength, Optional.of(GrowthPacking.getCandidate(in)));
    };
  }
}
