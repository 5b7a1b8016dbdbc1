package dev.hognose.leak;

import dev.hognose.packed.Codes;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedTime;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.GrowthRate;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** The packed form of what rises; see {@link StatePacking}. */
final class GrowthPacking {

  private static final byte ABSENT = 0;
  private static final byte PRESENT = 1;

  private static final Codes<Trend.Where> PLACES =
      new Codes<>(
          List.of(
              Trend.Where.PYTHON,
              Trend.Where.PYTHON_HIDDEN,
              Trend.Where.NATIVE,
              Trend.Where.FRAGMENTATION));

  private GrowthPacking() {}

  static int code(Trend.Where where) {
    return PLACES.code(where);
  }

  static Trend.Where where(int code) {
    return PLACES.kind(code);
  }

  static void put(Packer out, Candidate candidate) {
    out.put((byte) code(candidate.where()));
    PackedDouble.put(out, candidate.hours());
    PackedDouble.put(out, candidate.growthKib());
    PackedDouble.put(out, candidate.firstKib());
    Varint.putSigned(out, candidate.limitKib());
    PackedDouble.put(out, candidate.tau());
    PackedDouble.put(out, candidate.evenness());
    PackedDouble.put(out, candidate.lasting());
    putRates(out, candidate.slope(), candidate.interval());
    PackedTime.put(out, candidate.since());
    putHours(out, candidate.hoursToRoom());
  }

  static Candidate getCandidate(ByteBuffer in) {
    return new Candidate(
        where(in.get()),
        PackedDouble.get(in),
        PackedDouble.get(in),
        PackedDouble.get(in),
        Varint.getSigned(in),
        PackedDouble.get(in),
        PackedDouble.get(in),
        PackedDouble.get(in),
        getRate(in),
        getInterval(in),
        PackedTime.get(in),
        getHours(in));
  }

  static void put(Packer out, Growth growth) {
    out.put((byte) code(growth.where()));
    putRates(out, growth.slope(), growth.interval());
    PackedTime.put(out, growth.since());
    putHours(out, growth.hoursToLimit());
    PackedDouble.put(out, growth.confidence());
  }

  static Growth getGrowth(ByteBuffer in) {
    return new Growth(
        where(in.get()),
        getRate(in),
        getInterval(in),
        PackedTime.get(in),
        getHours(in),
        PackedDouble.get(in));
  }

  static void put(Packer out, Optional<Growth> growth) {
    out.put(growth.isPresent() ? PRESENT : ABSENT);
    growth.ifPresent(present -> put(out, present));
  }

  static Optional<Growth> getOptional(ByteBuffer in) {
    return isPresent(in) ? Optional.of(getGrowth(in)) : Optional.empty();
  }

  static void putOwn(Packer out, Optional<OwnLeak> leak) {
    out.put(leak.isPresent() ? PRESENT : ABSENT);
    leak.ifPresent(
        own -> {
          PackedTime.put(out, own.firedAt());
          put(out, own.growth());
        });
  }

  static Optional<OwnLeak> getOwn(ByteBuffer in) {
    return isPresent(in)
        ? Optional.of(new OwnLeak(PackedTime.get(in), getGrowth(in)))
        : Optional.empty();
  }

  private static boolean isPresent(ByteBuffer in) {
    return in.get() == PRESENT;
  }

  private static void putRates(Packer out, GrowthRate slope, Trend.SlopeInterval interval) {
    PackedDouble.put(out, slope.bytesPerHour());
    PackedDouble.put(out, interval.low().bytesPerHour());
    PackedDouble.put(out, interval.high().bytesPerHour());
  }

  private static Trend.SlopeInterval getInterval(ByteBuffer in) {
    return new Trend.SlopeInterval(getRate(in), getRate(in));
  }

  static GrowthRate getRate(ByteBuffer in) {
    return new GrowthRate(PackedDouble.get(in));
  }

  /** Not a number where there are none. */
  static void putHours(Packer out, OptionalDouble hours) {
    PackedDouble.put(out, hours.orElse(Double.NaN));
  }

  static OptionalDouble getHours(ByteBuffer in) {
    double hours = PackedDouble.get(in);
    return Double.isNaN(hours) ? OptionalDouble.empty() : OptionalDouble.of(hours);
  }
}
