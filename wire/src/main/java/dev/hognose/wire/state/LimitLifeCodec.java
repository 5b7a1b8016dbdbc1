package dev.hognose.wire.state;

import com.google.protobuf.ByteString;
import dev.hognose.limit.Forecast;
import dev.hognose.limit.Killed;
import dev.hognose.limit.LimitLife;
import dev.hognose.limit.LimitUse;
import dev.hognose.limit.OpenForecast;
import dev.hognose.limit.UseFloors;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.Parsing;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** The message {@code LimitLife} of state.proto. */
public final class LimitLifeCodec implements KeyedCodec<LimitLife> {

  @Override
  public LimitLife decode(String key, byte[] bytes) {
    return Parsing.parse(
        dev.hognose.state.v1.LimitLife.parser(), bytes, m -> read(ProcessId.parse(key), m));
  }

  @Override
  public byte[] encode(LimitLife life) {
    dev.hognose.state.v1.LimitLife.Builder m =
        dev.hognose.state.v1.LimitLife.newBuilder()
            .setHighestKib(life.floors().highest())
            .setGone(life.gone())
            .setFloors(ByteString.copyFrom(FloorColumns.write(life.floors().floors())));
    life.floors().stray().ifPresent(m::setStrayBucket);
    life.heard().ifPresent(use -> m.setHeard(write(use)));
    life.stoppedAt().ifPresent(at -> m.setStoppedMs(at.toEpochMilli()));
    life.soon().ifPresent(open -> m.setSoon(write(open)));
    life.killed().ifPresent(killed -> m.setKilled(write(killed)));
    return m.build().toByteArray();
  }

  private static LimitLife read(ProcessId process, dev.hognose.state.v1.LimitLife m) {
    return new LimitLife(
        process,
        floors(m),
        m.hasHeard() ? Optional.of(read(m.getHeard())) : Optional.empty(),
        Times.read(m.hasStoppedMs(), m.getStoppedMs()),
        m.getGone(),
        m.hasSoon() ? Optional.of(read(m.getSoon())) : Optional.empty(),
        m.hasKilled() ? Optional.of(read(m.getKilled())) : Optional.empty());
  }

  private static UseFloors floors(dev.hognose.state.v1.LimitLife m) {
    return new UseFloors(
        FloorColumns.read(m.getFloors().toByteArray()),
        m.getHighestKib(),
        m.hasStrayBucket() ? OptionalLong.of(m.getStrayBucket()) : OptionalLong.empty());
  }

  private static LimitUse read(dev.hognose.state.v1.LimitLife.Use m) {
    return new LimitUse(
        Instant.ofEpochMilli(m.getAtMs()),
        Instant.ofEpochMilli(m.getSilentAtMs()),
        m.getVersion(),
        new Bytes(m.getResidentBytes()),
        m.hasUsageBytes() ? Optional.of(new Bytes(m.getUsageBytes())) : Optional.empty(),
        m.hasLimitBytes() ? Optional.of(new Bytes(m.getLimitBytes())) : Optional.empty(),
        m.hasOomKills() ? OptionalLong.of(m.getOomKills()) : OptionalLong.empty());
  }

  private static dev.hognose.state.v1.LimitLife.Use write(LimitUse use) {
    dev.hognose.state.v1.LimitLife.Use.Builder m =
        dev.hognose.state.v1.LimitLife.Use.newBuilder()
            .setAtMs(use.at().toEpochMilli())
            .setSilentAtMs(use.silentAt().toEpochMilli())
            .setVersion(use.version())
            .setResidentBytes(use.resident().count());
    use.usage().ifPresent(bytes -> m.setUsageBytes(bytes.count()));
    use.limit().ifPresent(bytes -> m.setLimitBytes(bytes.count()));
    use.oomKills().ifPresent(m::setOomKills);
    return m.build();
  }

  private static Forecast read(dev.hognose.state.v1.LimitLife.Forecast m) {
    return new Forecast(
        m.getContainer() ? Forecast.Whose.CONTAINER : Forecast.Whose.PROCESS,
        new Bytes(m.getMemoryBytes()),
        new Bytes(m.getLimitBytes()),
        new GrowthRate(m.getSlopeBytesPerHour()),
        Duration.ofMillis(m.getLeftMs()));
  }

  private static dev.hognose.state.v1.LimitLife.Forecast write(Forecast forecast) {
    return dev.hognose.state.v1.LimitLife.Forecast.newBuilder()
        .setContainer(forecast.whose() == Forecast.Whose.CONTAINER)
        .setMemoryBytes(forecast.memory().count())
        .setLimitBytes(forecast.limit().count())
        .setSlopeBytesPerHour(forecast.slope().bytesPerHour())
        .setLeftMs(forecast.left().toMillis())
        .build();
  }

  private static OpenForecast read(dev.hognose.state.v1.LimitLife.OpenForecast m) {
    return new OpenForecast(
        Instant.ofEpochMilli(m.getFiredMs()),
        m.getVersion(),
        read(m.getForecast()),
        read(m.getTold()));
  }

  private static dev.hognose.state.v1.LimitLife.OpenForecast write(OpenForecast open) {
    return dev.hognose.state.v1.LimitLife.OpenForecast.newBuilder()
        .setFiredMs(open.firedAt().toEpochMilli())
        .setVersion(open.version())
        .setForecast(write(open.forecast()))
        .setTold(write(open.told()))
        .build();
  }

  private static Killed read(dev.hognose.state.v1.LimitLife.Killed m) {
    return new Killed(
        Instant.ofEpochMilli(m.getFiredMs()),
        m.getCounted() ? Killed.Seen.COUNTED : Killed.Seen.VANISHED,
        m.getKills(),
        read(m.getLast()),
        m.hasForecast() ? Optional.of(read(m.getForecast())) : Optional.empty());
  }

  private static dev.hognose.state.v1.LimitLife.Killed write(Killed killed) {
    dev.hognose.state.v1.LimitLife.Killed.Builder m =
        dev.hognose.state.v1.LimitLife.Killed.newBuilder()
            .setFiredMs(killed.firedAt().toEpochMilli())
            .setCounted(killed.seen() == Killed.Seen.COUNTED)
            .setKills(killed.kills())
            .setLast(write(killed.last()));
    killed.forecast().ifPresent(forecast -> m.setForecast(write(forecast)));
    return m.build();
  }
}
