package dev.hognose.leak;

import dev.hognose.leak.Finding.Strength;
import dev.hognose.sample.GrowthRate;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The packed form of a level and of what it is made of; see {@link StatePacking}. */
final class LevelPacking {

  /** Their places here are their codes: only ever append. */
  private static final List<Strength> STRENGTHS =
      List.of(Strength.UNTESTED, Strength.NOTHING, Strength.GROWING, Strength.SUSPECT);

  private static final List<Trend.Where> PLACES =
      List.of(
          Trend.Where.PYTHON,
          Trend.Where.PYTHON_HIDDEN,
          Trend.Where.NATIVE,
          Trend.Where.FRAGMENTATION);

  private LevelPacking() {}

  static void putFloor(ByteBuffer out, Floor floor) {
    out.putLong(floor.bucket());
    out.putInt(floor.resident()).putInt(floor.python()).putInt(floor.kept());
  }

  static Floor getFloor(ByteBuffer in) {
    return new Floor(in.getLong(), in.getInt(), in.getInt(), in.getInt());
  }

  static void put(ByteBuffer out, Level level) {
    Ring ring = level.ring();
    out.putInt(ring.present()).putLong(ring.newest());
    for (int i = 0; i < ring.size(); i++) {
      out.putInt(ring.resident(i)).putInt(ring.python(i));
    }
    putKept(out, ring.kept());
    out.putInt(ring.residentGivenBack()).putInt(ring.pythonGivenBack());
    putFloor(out, level.open());
    out.put((byte) STRENGTHS.indexOf(level.finding().strength()));
    level.finding().candidate().ifPresent(candidate -> putCandidate(out, candidate));
  }

  static Level get(ByteBuffer in) {
    int present = in.getInt();
    long newest = in.getLong();
    int size = Integer.bitCount(present);
    int[] resident = new int[size];
    int[] python = new int[size];
    for (int i = 0; i < size; i++) {
      resident[i] = in.getInt();
      python[i] = in.getInt();
    }
    KeptShares kept = getKept(in, size);
    Ring ring = new Ring(newest, present, resident, python, kept, in.getInt(), in.getInt());
    return new Level(ring, getFloor(in), getFinding(in));
  }

  /** A byte each, and none for a process whose allocator is never asked. */
  private static void putKept(ByteBuffer out, KeptShares kept) {
    out.put((byte) (kept.isKnown() ? 1 : 0));
    if (kept.isKnown()) {
      out.put(kept.bytes());
    }
  }

  private static KeptShares getKept(ByteBuffer in, int size) {
    if (in.get() == 0) {
      return KeptShares.unknown(size);
    }
    byte[] shares = new byte[size];
    in.get(shares);
    return new KeptShares(shares);
  }

  private static Finding getFinding(ByteBuffer in) {
    Strength strength = STRENGTHS.get(in.get());
    return switch (strength) {
      case UNTESTED -> Finding.UNTESTED;
      case NOTHING -> Finding.NOTHING;
      case GROWING, SUSPECT -> new Finding(strength, Optional.of(getCandidate(in)));
    };
  }

  static void putCandidate(ByteBuffer out, Candidate candidate) {
    out.put((byte) PLACES.indexOf(candidate.where())).putDouble(candidate.hours());
    out.putDouble(candidate.growthKib()).putDouble(candidate.firstKib());
    out.putLong(candidate.limitKib()).putDouble(candidate.tau()).putDouble(candidate.evenness());
    out.putDouble(candidate.lasting());
    putRates(out, candidate.slope(), candidate.interval());
    out.putLong(candidate.since().toEpochMilli());
    out.putDouble(candidate.hoursToRoom().orElse(Double.NaN));
  }

  static Candidate getCandidate(ByteBuffer in) {
    return new Candidate(
        PLACES.get(in.get()),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        in.getLong(),
        in.getDouble(),
        in.getDouble(),
        in.getDouble(),
        getRate(in),
        getInterval(in),
        Instant.ofEpochMilli(in.getLong()),
        getDouble(in));
  }

  static void putGrowth(ByteBuffer out, Growth growth) {
    out.put((byte) PLACES.indexOf(growth.where()));
    putRates(out, growth.slope(), growth.interval());
    out.putLong(growth.since().toEpochMilli());
    out.putDouble(growth.hoursToLimit().orElse(Double.NaN)).putDouble(growth.confidence());
  }

  static Growth getGrowth(ByteBuffer in) {
    return new Growth(
        PLACES.get(in.get()),
        getRate(in),
        getInterval(in),
        Instant.ofEpochMilli(in.getLong()),
        getDouble(in),
        in.getDouble());
  }

  private static void putRates(ByteBuffer out, GrowthRate slope, Trend.SlopeInterval interval) {
    out.putDouble(slope.bytesPerHour());
    out.putDouble(interval.low().bytesPerHour()).putDouble(interval.high().bytesPerHour());
  }

  private static Trend.SlopeInterval getInterval(ByteBuffer in) {
    return new Trend.SlopeInterval(getRate(in), getRate(in));
  }

  static GrowthRate getRate(ByteBuffer in) {
    return new GrowthRate(in.getDouble());
  }

  private static OptionalDouble getDouble(ByteBuffer in) {
    double value = in.getDouble();
    return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
