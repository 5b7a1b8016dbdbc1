package dev.hognose.wire.state;

import com.google.protobuf.ByteString;
import dev.hognose.leak.Footprint;
import dev.hognose.leak.Growth;
import dev.hognose.leak.Heard;
import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.OpenLeak;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.ToldTrend;
import dev.hognose.leak.Trend;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.TrendCodec;
import dev.hognose.wire.part.EnumCodec;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The message {@code LeakLife} of state.proto: a life without its rings, which have a store of
 * their own.
 */
public final class LeakLifeCodec implements KeyedCodec<LeakLife> {

  @Override
  public LeakLife decode(String key, byte[] bytes) {
    return Parsing.parse(
        dev.hognose.state.v1.LeakLife.parser(), bytes, m -> read(ProcessId.parse(key), m));
  }

  @Override
  public byte[] encode(LeakLife life) {
    dev.hognose.state.v1.LeakLife.Builder m =
        dev.hognose.state.v1.LeakLife.newBuilder()
            .setOpenFloors(ByteString.copyFrom(life.state().packOpen()))
            .setSilent(life.silent());
    life.heard().ifPresent(heard -> m.setHeard(write(heard)));
    life.stoppedAt().ifPresent(at -> m.setStoppedMs(at.toEpochMilli()));
    life.open().ifPresent(open -> m.setOpen(write(open)));
    life.toldTrend().ifPresent(trend -> m.setToldTrend(write(trend)));
    return m.build().toByteArray();
  }

  private static LeakLife read(ProcessId process, dev.hognose.state.v1.LeakLife m) {
    return new LeakLife(
        process,
        readState(m.getOpenFloors()),
        m.hasHeard() ? Optional.of(read(m.getHeard())) : Optional.empty(),
        Times.read(m.hasStoppedMs(), m.getStoppedMs()),
        m.getSilent(),
        m.hasOpen() ? Optional.of(read(m.getOpen())) : Optional.empty(),
        m.hasToldTrend() ? Optional.of(read(m.getToldTrend())) : Optional.empty(),
        Optional.empty());
  }

  /** Of a version that kept it otherwise: the process is judged from the beginning. */
  private static LeakState readState(ByteString openFloors) {
    return openFloors.isEmpty()
        ? LeakState.initial()
        : LeakState.unpackOpen(openFloors.toByteArray());
  }

  private static Heard read(dev.hognose.state.v1.LeakLife.Heard m) {
    return new Heard(
        Instant.ofEpochMilli(m.getAtMs()),
        Instant.ofEpochMilli(m.getSilentAtMs()),
        m.getVersion(),
        new Bytes(m.getResidentBytes()),
        m.hasLimitBytes() ? Optional.of(new Bytes(m.getLimitBytes())) : Optional.empty());
  }

  private static dev.hognose.state.v1.LeakLife.Heard write(Heard heard) {
    dev.hognose.state.v1.LeakLife.Heard.Builder m =
        dev.hognose.state.v1.LeakLife.Heard.newBuilder()
            .setAtMs(heard.at().toEpochMilli())
            .setSilentAtMs(heard.silentAt().toEpochMilli())
            .setVersion(heard.version())
            .setResidentBytes(heard.resident().count());
    heard.limit().ifPresent(limit -> m.setLimitBytes(limit.count()));
    return m.build();
  }

  private static OpenLeak read(dev.hognose.state.v1.LeakLife.OpenLeak m) {
    return new OpenLeak(
        Instant.ofEpochMilli(m.getFiredMs()),
        m.getVersion(),
        m.getAlone(),
        new OpenLeak.Told(
            Instant.ofEpochMilli(m.getToldMs()),
            read(m.getTold()),
            new ServiceWord.Sharing(
                m.getToldRising(),
                m.getToldProcesses(),
                m.getToldSharingVersion(),
                m.getToldDeploy()),
            new Footprint(
                new Bytes(m.getToldResidentBytes()),
                m.hasToldLimitBytes()
                    ? Optional.of(new Bytes(m.getToldLimitBytes()))
                    : Optional.empty())));
  }

  private static dev.hognose.state.v1.LeakLife.OpenLeak write(OpenLeak open) {
    OpenLeak.Told told = open.told();
    dev.hognose.state.v1.LeakLife.OpenLeak.Builder m =
        dev.hognose.state.v1.LeakLife.OpenLeak.newBuilder()
            .setFiredMs(open.firedAt().toEpochMilli())
            .setVersion(open.version())
            .setAlone(open.alone())
            .setTold(write(told.growth()))
            .setToldMs(told.at().toEpochMilli())
            .setToldRising(told.sharing().rising())
            .setToldProcesses(told.sharing().processes())
            .setToldSharingVersion(told.sharing().version())
            .setToldDeploy(told.sharing().deploy())
            .setToldResidentBytes(told.footprint().resident().count());
    told.footprint().limit().ifPresent(limit -> m.setToldLimitBytes(limit.count()));
    return m.build();
  }

  private static Growth read(dev.hognose.state.v1.LeakLife.Growth m) {
    return new Growth(
        TrendCodec.readWhere(m.getWhere())
            .orElseThrow(() -> new MalformedRecordException("growth without a heap")),
        new GrowthRate(m.getSlopeBytesPerHour()),
        interval(m),
        Instant.ofEpochMilli(m.getSinceMs()),
        hours(m.hasHoursToLimit(), m.getHoursToLimit()),
        m.getConfidence());
  }

  private static dev.hognose.state.v1.LeakLife.Growth write(Growth growth) {
    dev.hognose.state.v1.LeakLife.Growth.Builder m =
        dev.hognose.state.v1.LeakLife.Growth.newBuilder()
            .setWhere(write(growth.where()))
            .setSlopeBytesPerHour(growth.slope().bytesPerHour())
            .setSinceMs(growth.since().toEpochMilli())
            .setSlopeLow(growth.interval().low().bytesPerHour())
            .setSlopeHigh(growth.interval().high().bytesPerHour())
            .setConfidence(growth.confidence());
    growth.hoursToLimit().ifPresent(m::setHoursToLimit);
    return m.build();
  }

  private static Trend.SlopeInterval interval(dev.hognose.state.v1.LeakLife.Growth m) {
    double slope = m.getSlopeBytesPerHour();
    return new Trend.SlopeInterval(
        new GrowthRate(m.hasSlopeLow() ? m.getSlopeLow() : slope),
        new GrowthRate(m.hasSlopeHigh() ? m.getSlopeHigh() : slope));
  }

  private static ToldTrend read(dev.hognose.state.v1.LeakLife.ToldTrend m) {
    return new ToldTrend(
        EnumCodec.read(m.getVerdict(), Trend.Verdict.UNKNOWN),
        TrendCodec.readWhere(m.getWhere()),
        new GrowthRate(m.getSlopeBytesPerHour()),
        hours(m.hasHoursToLimit(), m.getHoursToLimit()),
        m.getPeersSharing());
  }

  private static dev.hognose.state.v1.LeakLife.ToldTrend write(ToldTrend trend) {
    dev.hognose.state.v1.LeakLife.ToldTrend.Builder m =
        dev.hognose.state.v1.LeakLife.ToldTrend.newBuilder()
            .setVerdict(
                EnumCodec.write(trend.verdict(), dev.hognose.v1.Trend.Verdict.VERDICT_UNSPECIFIED))
            .setSlopeBytesPerHour(trend.slope().bytesPerHour())
            .setPeersSharing(trend.peersSharing());
    trend.where().ifPresent(where -> m.setWhere(write(where)));
    trend.hoursToLimit().ifPresent(m::setHoursToLimit);
    return m.build();
  }

  private static dev.hognose.v1.Trend.Where write(Trend.Where where) {
    return EnumCodec.write(where, dev.hognose.v1.Trend.Where.WHERE_UNSPECIFIED);
  }

  private static OptionalDouble hours(boolean present, double hours) {
    return present ? OptionalDouble.of(hours) : OptionalDouble.empty();
  }
}
