package dev.hognose.wire.state;

import dev.hognose.loop.BlockId;
import dev.hognose.loop.Fingerprint;
import dev.hognose.loop.Origin;
import dev.hognose.loop.Told;
import dev.hognose.sample.LoopBlock;
import dev.hognose.state.v1.LoopBlockId;
import dev.hognose.state.v1.LoopEpisode;
import dev.hognose.state.v1.LoopFingerprint;
import dev.hognose.wire.part.EnumCodec;
import java.time.Duration;
import java.time.Instant;

/** What the stores about loops have in common. */
final class LoopStateCodec {

  private LoopStateCodec() {}

  static Fingerprint read(LoopFingerprint m) {
    return new Fingerprint(
        m.getService(),
        m.getModule(),
        m.getFunction(),
        EnumCodec.read(m.getCause(), LoopBlock.Cause.UNKNOWN),
        kind(m));
  }

  private static Fingerprint.Kind kind(LoopFingerprint m) {
    if (m.getBeyond()) {
      return Fingerprint.Kind.BEYOND;
    }
    return m.getRest() ? Fingerprint.Kind.REST : Fingerprint.Kind.ONE;
  }

  static LoopFingerprint write(Fingerprint fingerprint) {
    return LoopFingerprint.newBuilder()
        .setService(fingerprint.service())
        .setModule(fingerprint.module())
        .setFunction(fingerprint.function())
        .setCause(
            EnumCodec.write(fingerprint.cause(), dev.hognose.v1.LoopBlock.Cause.CAUSE_UNSPECIFIED))
        .setRest(fingerprint.kind() == Fingerprint.Kind.REST)
        .setBeyond(fingerprint.kind() == Fingerprint.Kind.BEYOND)
        .build();
  }

  static BlockId read(LoopBlockId m) {
    return new BlockId(m.getProcess(), m.getId());
  }

  static LoopBlockId write(BlockId id) {
    return LoopBlockId.newBuilder().setProcess(id.process()).setId(id.id()).build();
  }

  static Origin read(LoopEpisode.Origin m) {
    return new Origin(Instant.ofEpochMilli(m.getStartedMs()), read(m.getBlock()), m.getVersion());
  }

  static LoopEpisode.Origin write(Origin origin) {
    return LoopEpisode.Origin.newBuilder()
        .setStartedMs(origin.startedAt().toEpochMilli())
        .setBlock(write(origin.block()))
        .setVersion(origin.version())
        .build();
  }

  static Told read(LoopEpisode.Told m) {
    return new Told(
        m.getId(),
        m.getBlocks(),
        m.getProcesses(),
        Duration.ofMillis(m.getWorstMs()),
        m.getLasting(),
        m.getResolved(),
        Instant.ofEpochMilli(m.getUpdatedMs()));
  }

  static LoopEpisode.Told write(Told told) {
    return LoopEpisode.Told.newBuilder()
        .setId(told.id())
        .setBlocks(told.blocks())
        .setProcesses(told.processes())
        .setWorstMs(told.worst().toMillis())
        .setLasting(told.lasting())
        .setResolved(told.resolved())
        .setUpdatedMs(told.updatedAt().toEpochMilli())
        .build();
  }
}
