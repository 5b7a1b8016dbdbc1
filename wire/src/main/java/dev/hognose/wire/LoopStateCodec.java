package dev.hognose.wire;

import dev.hognose.loop.BlockId;
import dev.hognose.loop.Fingerprint;
import dev.hognose.sample.LoopBlock;
import dev.hognose.state.v1.LoopBlockId;
import dev.hognose.state.v1.LoopFingerprint;

/** What both stores about loop blocks have in common. */
final class LoopStateCodec {

  private LoopStateCodec() {}

  static Fingerprint read(LoopFingerprint m) {
    return new Fingerprint(
        m.getService(),
        m.getModule(),
        m.getFunction(),
        EnumCodec.read(m.getCause(), LoopBlock.Cause.UNKNOWN),
        m.getRest() ? Fingerprint.Kind.REST : Fingerprint.Kind.ONE);
  }

  static LoopFingerprint write(Fingerprint fingerprint) {
    return LoopFingerprint.newBuilder()
        .setService(fingerprint.service())
        .setModule(fingerprint.module())
        .setFunction(fingerprint.function())
        .setCause(
            EnumCodec.write(fingerprint.cause(), dev.hognose.v1.LoopBlock.Cause.CAUSE_UNSPECIFIED))
        .setRest(fingerprint.kind() == Fingerprint.Kind.REST)
        .build();
  }

  static BlockId read(LoopBlockId m) {
    return new BlockId(m.getProcess(), m.getId());
  }

  static LoopBlockId write(BlockId id) {
    return LoopBlockId.newBuilder().setProcess(id.process()).setId(id.id()).build();
  }
}
