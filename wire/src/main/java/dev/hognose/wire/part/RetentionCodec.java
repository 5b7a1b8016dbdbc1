package dev.hognose.wire.part;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Retention;
import java.util.OptionalLong;

/** The message {@code Retention} of telemetry.proto. */
public final class RetentionCodec {

  private RetentionCodec() {}

  public static Retention read(dev.hognose.v1.Retention m) {
    return new Retention(
        m.getName(),
        EnumCodec.read(m.getKind(), Retention.Kind.UNKNOWN),
        m.getEntries(),
        m.getGrowthPerHour(),
        new Bytes(m.getSampleBytes()),
        m.hasHits() ? OptionalLong.of(m.getHits()) : OptionalLong.empty(),
        m.hasMisses() ? OptionalLong.of(m.getMisses()) : OptionalLong.empty(),
        m.hasMaxSize() ? OptionalLong.of(m.getMaxSize()) : OptionalLong.empty(),
        m.getEntryTypes());
  }

  public static dev.hognose.v1.Retention write(Retention retention) {
    dev.hognose.v1.Retention.Builder m =
        dev.hognose.v1.Retention.newBuilder()
            .setName(retention.name())
            .setKind(
                EnumCodec.write(retention.kind(), dev.hognose.v1.Retention.Kind.KIND_UNSPECIFIED))
            .setEntries(retention.entries())
            .setGrowthPerHour(retention.growthPerHour())
            .setSampleBytes(retention.sampleBytes().count())
            .setEntryTypes(retention.entryTypes());
    retention.hits().ifPresent(m::setHits);
    retention.misses().ifPresent(m::setMisses);
    retention.maxSize().ifPresent(m::setMaxSize);
    return m.build();
  }
}
