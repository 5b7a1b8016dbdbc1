package dev.hognose.leak;

import dev.hognose.leak.Finding.Strength;
import dev.hognose.leak.LeakState.Head;
import dev.hognose.leak.LeakState.PythonFigure;
import dev.hognose.sample.GrowthRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;

/** States of a process with whatever can be in them. */
final class RandomStates {

  private RandomStates() {}

  static LeakState state(Random random) {
    List<Level> levels = new ArrayList<>();
    Ring finer = Ring.EMPTY;
    for (int i = 0; i < Level.COUNT; i++) {
      Ring ring = ring(random, finer);
      levels.add(new Level(ring, open(random, ring), finding(random)));
      finer = ring;
    }
    Judgement judgement =
        new Judgement(
            levels,
            RandomFigures.number(random),
            RandomFigures.number(random),
            new GrowthRate(RandomFigures.number(random)),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(
                    new Leak(
                        RandomFigures.time(random),
                        new GrowthRate(RandomFigures.number(random)),
                        random.nextInt(Level.COUNT),
                        RandomFigures.growth(random))),
            random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()),
            random.nextBoolean() ? OptionalLong.empty() : OptionalLong.of(random.nextLong()));
    OpenFloors open = OpenFloors.EMPTY;
    for (int left = random.nextInt(OpenFloors.MOST + 1); left > 0; left--) {
      open = open.with(floor(random, random.nextInt(1 << 24)));
    }
    PythonFigure[] figures = PythonFigure.values();
    return new LeakState(
        random.nextInt(3) * 60_000L,
        new Head(
            random.nextLong() >>> 1,
            random.nextLong() >>> 1,
            random.nextInt(1 << 30),
            figures[random.nextInt(figures.length)]),
        open,
        Rings.of(judgement),
        new Refused(random.nextLong(), random.nextLong()));
  }

  /** Half of them go on from the finer one, as a detector has them. */
  private static Ring ring(Random random, Ring finer) {
    int present = random.nextInt(4) == 0 ? 0 : (random.nextInt() & Ring.WINDOW) | 1;
    long newest = present == 0 ? -1 : random.nextInt(1 << 24);
    if (random.nextBoolean() && finer.size() > 0) {
      newest = (finer.newest() >> 1) - random.nextInt(2);
      present = present | 1;
    }
    int size = Integer.bitCount(present);
    int[] resident = random.ints(size, 0, 1 << (1 + random.nextInt(30))).toArray();
    int[] python = random.ints(size, 0, 1 << (1 + random.nextInt(30))).toArray();
    long[] buckets = Ring.buckets(newest, present);
    for (int i = random.nextInt(size + 1); i < size; i++) {
      if (finer.knows(buckets[i])) {
        resident[i] = RingPacking.lowest(finer, buckets[i], finer::resident);
        python[i] = RingPacking.lowest(finer, buckets[i], finer::python);
      }
    }
    byte[] kept = new byte[size];
    random.nextBytes(kept);
    return new Ring(
        newest,
        present,
        resident,
        python,
        random.nextBoolean() ? KeptShares.unknown(size) : new KeptShares(kept),
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE));
  }

  private static Floor open(Random random, Ring ring) {
    return switch (random.nextInt(3)) {
      case 0 -> Floor.NONE;
      case 1 -> floor(random, ring.newest() + 1);
      default -> floor(random, random.nextInt(1 << 24));
    };
  }

  private static Floor floor(Random random, long bucket) {
    return new Floor(
        bucket,
        random.nextInt(Integer.MAX_VALUE),
        random.nextInt(Integer.MAX_VALUE),
        random.nextBoolean() ? Floor.ABSENT : random.nextInt(Integer.MAX_VALUE));
  }

  private static Finding finding(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Finding.UNTESTED;
      case 1 -> Finding.NOTHING;
      case 2 -> new Finding(Strength.GROWING, Optional.of(RandomFigures.candidate(random)));
      default -> new Finding(Strength.SUSPECT, Optional.of(RandomFigures.candidate(random)));
    };
  }
}
