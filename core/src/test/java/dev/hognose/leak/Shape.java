package dev.hognose.leak;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;

/**
 * Shapes of memory that the leak bench does not make: caches that fill ever slower, and leaks after
 * a warm-up. Each is a function of its seed.
 */
enum Shape {
  /** Grows by as much with every doubling of its age. */
  LOGARITHM(Truth.ENDS) {
    @Override
    DoubleUnaryOperator mib(RandomGenerator random) {
      double height = random.nextDouble(20, 50);
      double pace = random.nextDouble(0.2, 1);
      return hours -> height * Math.log1p(hours / pace);
    }
  },
  /** A power of its age of a half and less. */
  ROOT(Truth.ENDS) {
    @Override
    DoubleUnaryOperator mib(RandomGenerator random) {
      double height = random.nextDouble(20, 50);
      double power = random.nextDouble(0.25, 0.5);
      return hours -> height * Math.pow(hours, power);
    }
  },
  /** Nears its plateau for a day: in its first half a leak is no straighter. */
  APPROACH(Truth.DECEIVES) {
    @Override
    DoubleUnaryOperator mib(RandomGenerator random) {
      return approach(random.nextDouble(60, 250), random.nextDouble(6, 16));
    }
  },
  /** A cache of keys of which few are popular: the rare ones come ever later. */
  POPULARITY(Truth.ENDS) {
    @Override
    DoubleUnaryOperator mib(RandomGenerator random) {
      return popularity(random);
    }
  },
  /** A leak that a quick warm-up hides at first. */
  AFTER_WARM_UP(Truth.LEAKS) {
    @Override
    DoubleUnaryOperator mib(RandomGenerator random) {
      DoubleUnaryOperator warming = approach(random.nextDouble(40, 200), random.nextDouble(0.2, 2));
      return with(warming, random.nextDouble(4, 25));
    }
  },
  /**
   * A leak that begins with the process, beside a cache that fills evenly and is full after hours.
   */
  AFTER_FILL(Truth.LEAKS) {
    @Override
    DoubleUnaryOperator mib(RandomGenerator random) {
      double full = random.nextDouble(40, 200);
      double after = random.nextDouble(1, 5);
      return with(hours -> full * Math.min(hours / after, 1), random.nextDouble(4, 25));
    }
  },
  /** A leak beside a cache of keys of which few are popular. */
  WITH_CACHE(Truth.LEAKS) {
    @Override
    DoubleUnaryOperator mib(RandomGenerator random) {
      return with(popularity(random), random.nextDouble(10, 25));
    }
  },
  /** A leak that follows the day's traffic after a warm-up. */
  TRAFFIC(Truth.LEAKS) {
    @Override
    DoubleUnaryOperator mib(RandomGenerator random) {
      DoubleUnaryOperator warming = approach(random.nextDouble(20, 100), random.nextDouble(0.2, 1));
      double slope = random.nextDouble(6, 25);
      double swing = random.nextDouble(0.3, 0.9);
      double phase = random.nextDouble(24);
      double pace = 2 * Math.PI / 24;
      return hours ->
          warming.applyAsDouble(hours)
              + slope
                  * (hours
                      + swing * (Math.sin(pace * (hours + phase)) - Math.sin(pace * phase)) / pace);
    }
  };

  private static final int KEYS = 100;
  private static final long EVERY_MS = 60_000;
  private static final double MS_PER_HOUR = 3.6e6;

  /** What is to be told of it. */
  enum Truth {
    LEAKS,
    ENDS,
    /** May be told, and is taken back. */
    DECEIVES
  }

  private final Truth truth;

  Shape(Truth truth) {
    this.truth = truth;
  }

  Truth truth() {
    return truth;
  }

  /** Growth in MiB by hours since the start. */
  abstract DoubleUnaryOperator mib(RandomGenerator random);

  private static DoubleUnaryOperator approach(double full, double pace) {
    return hours -> full * -Math.expm1(-hours / pace);
  }

  private static DoubleUnaryOperator with(DoubleUnaryOperator other, double slope) {
    return hours -> other.applyAsDouble(hours) + slope * hours;
  }

  private static DoubleUnaryOperator popularity(RandomGenerator random) {
    double full = random.nextDouble(80, 300);
    double skew = random.nextDouble(0.8, 1.2);
    double first = random.nextDouble(20, 60);
    return hours -> full * seen(hours, first, skew);
  }

  /** Share of the keys that were asked for by then, the first {@code first} times an hour. */
  private static double seen(double hours, double first, double skew) {
    double seen = 0;
    for (int rank = 1; rank <= KEYS; rank++) {
      seen -= Math.expm1(-hours * first * Math.pow(rank, -skew));
    }
    return seen / KEYS;
  }

  /** A reading a minute, with noise of a few MiB; Python blocks follow the growth. */
  List<MemoryReading> readings(Duration time, RandomGenerator random) {
    DoubleUnaryOperator growth = mib(random);
    double noise = random.nextDouble(1, 8);
    return LongStream.range(0, time.toMillis() / EVERY_MS)
        .mapToObj(
            i ->
                Memory.at(
                    i * EVERY_MS,
                    growth.applyAsDouble(i * EVERY_MS / MS_PER_HOUR)
                        + noise * Math.abs(random.nextGaussian())))
        .toList();
  }
}
