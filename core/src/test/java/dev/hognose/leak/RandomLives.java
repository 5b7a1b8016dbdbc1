package dev.hognose.leak;

import dev.hognose.leak.ServiceWord.Sharing;
import dev.hognose.sample.Bytes;
import java.time.Instant;
import java.util.Optional;
import java.util.Random;

/** What a service knows of lives and says of them, with whatever can be in it. */
final class RandomLives {

  private static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

  private RandomLives() {}

  static ServiceWord word(Random random, boolean plain) {
    return new ServiceWord(
        plain ? "web-1/17" : RandomFigures.text(random),
        plain ? START : random.nextLong(),
        RandomFigures.time(random),
        plain ? Optional.empty() : Optional.of(RandomFigures.growth(random)),
        random.nextInt(9) == 0,
        plain
            ? Stand.NONE
            : new Stand(
                Stand.Kind.values()[random.nextInt(4)],
                RandomFigures.number(random),
                random.nextInt(2000)),
        plain
            ? Sharing.ALONE
            : new Sharing(
                random.nextInt(),
                random.nextInt(),
                RandomFigures.text(random),
                random.nextBoolean()),
        plain
            ? Optional.empty()
            : Optional.of(new OwnLeak(RandomFigures.time(random), RandomFigures.growth(random))),
        new Footprint(
            new Bytes(random.nextLong() >>> 1),
            random.nextBoolean()
                ? Optional.empty()
                : Optional.of(new Bytes(random.nextLong() >>> 1))));
  }

  static Place place(Random random) {
    Place.Earlier earlier =
        random.nextBoolean()
            ? Place.Earlier.NONE
            : new Place.Earlier(
                random.nextInt(), random.nextInt(), random.nextInt(), random.nextInt());
    return new Place(
        new Life(
            random.nextLong(),
            random.nextLong(),
            random.nextLong(),
            climb(random),
            climb(random),
            RandomFigures.number(random),
            random.nextLong(),
            RandomFigures.text(random)),
        earlier,
        RandomFigures.number(random),
        random.nextBoolean() ? Optional.empty() : Optional.of(RandomFigures.growth(random)),
        RandomFigures.text(random),
        new Stand(
            Stand.Kind.values()[random.nextInt(4)], RandomFigures.number(random), random.nextInt()),
        random.nextBoolean() ? Optional.empty() : Optional.of(RandomFigures.growth(random)));
  }

  private static Climb climb(Random random) {
    return new Climb(
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextInt(),
        random.nextLong());
  }

  static PastLife.Rest rest(Random random) {
    return new PastLife.Rest(
        random.nextInt(), random.nextLong(), random.nextBoolean(), random.nextInt());
  }
}
