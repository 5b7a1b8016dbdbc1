package dev.hognose.wire;

import dev.hognose.leak.Trend;
import dev.hognose.sample.GrowthRate;
import dev.hognose.wire.part.EnumCodec;
import dev.hognose.wire.part.ProcessCodec;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/** The message {@code Trend} of alerts.proto. */
public final class TrendCodec implements Codec<Trend> {

  @Override
  public Trend decode(byte[] bytes) {
    return Parsing.parse(dev.hognose.v1.Trend.parser(), bytes, TrendCodec::read);
  }

  @Override
  public byte[] encode(Trend trend) {
    return write(trend).toByteArray();
  }

  private static Trend read(dev.hognose.v1.Trend m) {
    return new Trend(
        ProcessCodec.read(m.getProcess()),
        Instant.ofEpochMilli(m.getAtMs()),
        EnumCodec.read(m.getVerdict(), Trend.Verdict.UNKNOWN),
        m.getReason(),
        readWhere(m.getWhere()),
        new GrowthRate(m.getSlopeBytesPerHour()),
        m.hasSlopeLow() && m.hasSlopeHigh()
            ? Optional.of(
                new Trend.SlopeInterval(
                    new GrowthRate(m.getSlopeLow()), new GrowthRate(m.getSlopeHigh())))
            : Optional.empty(),
        m.hasSinceMs() ? Optional.of(Instant.ofEpochMilli(m.getSinceMs())) : Optional.empty(),
        m.hasHoursToLimit() ? OptionalDouble.of(m.getHoursToLimit()) : OptionalDouble.empty(),
        m.hasConfidence() ? OptionalDouble.of(m.getConfidence()) : OptionalDouble.empty(),
        m.getVersion(),
        m.getPeersSharing());
  }

  public static Optional<Trend.Where> readWhere(dev.hognose.v1.Trend.Where m) {
    return switch (m) {
      case PYTHON -> Optional.of(Trend.Where.PYTHON);
      case PYTHON_HIDDEN -> Optional.of(Trend.Where.PYTHON_HIDDEN);
      case NATIVE -> Optional.of(Trend.Where.NATIVE);
      case FRAGMENTATION -> Optional.of(Trend.Where.FRAGMENTATION);
      case WHERE_UNSPECIFIED, UNRECOGNIZED -> Optional.empty();
    };
  }

  public static dev.hognose.v1.Trend write(Trend trend) {
    dev.hognose.v1.Trend.Builder m =
        dev.hognose.v1.Trend.newBuilder()
            .setProcess(ProcessCodec.write(trend.process()))
            .setAtMs(trend.at().toEpochMilli())
            .setVerdict(
                EnumCodec.write(trend.verdict(), dev.hognose.v1.Trend.Verdict.VERDICT_UNSPECIFIED))
            .setReason(trend.reason())
            .setSlopeBytesPerHour(trend.slope().bytesPerHour())
            .setVersion(trend.version())
            .setPeersSharing(trend.peersSharing());
    trend
        .where()
        .ifPresent(
            where ->
                m.setWhere(EnumCodec.write(where, dev.hognose.v1.Trend.Where.WHERE_UNSPECIFIED)));
    trend
        .slopeInterval()
        .ifPresent(
            interval ->
                m.setSlopeLow(interval.low().bytesPerHour())
                    .setSlopeHigh(interval.high().bytesPerHour()));
    trend.since().ifPresent(since -> m.setSinceMs(since.toEpochMilli()));
    trend.hoursToLimit().ifPresent(m::setHoursToLimit);
    trend.confidence().ifPresent(m::setConfidence);
    return m.build();
  }
}
