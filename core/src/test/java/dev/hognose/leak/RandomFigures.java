package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.Collections;
import java.util.OptionalDouble;
import java.util.Random;

/** Figures of growth as no process has them: whatever a packing must carry. */
final class RandomFigures {

  private static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

  private RandomFigures() {}

  static Candidate candidate(Random random) {
    return new Candidate(
        where(random),
        number(random),
        number(random),
        number(random),
        random.nextLong(),
        number(random),
        number(random),
        number(random),
        new GrowthRate(number(random)),
        interval(random),
        time(random),
        hours(random));
  }

  static Growth growth(Random random) {
    return new Growth(
        where(random),
        new GrowthRate(number(random)),
        interval(random),
        time(random),
        hours(random),
        random.nextDouble());
  }

  private static Trend.Where where(Random random) {
    return Trend.Where.values()[random.nextInt(Trend.Where.values().length)];
  }

  private static Trend.SlopeInterval interval(Random random) {
    double low = number(random);
    return new Trend.SlopeInterval(
        new GrowthRate(low), new GrowthRate(low + Math.abs(number(random))));
  }

  private static OptionalDouble hours(Random random) {
    return random.nextBoolean() ? OptionalDouble.empty() : OptionalDouble.of(number(random));
  }

  static double number(Random random) {
    return random.nextBoolean() ? random.nextInt(1000) : random.nextGaussian() * 1e9;
  }

  static Instant time(Random random) {
    return Instant.ofEpochMilli(START + random.nextInt());
  }

  static String text(Random random) {
    return String.join("", Collections.nCopies(random.nextInt(9), "ä" + random.nextInt(10)));
  }
}
