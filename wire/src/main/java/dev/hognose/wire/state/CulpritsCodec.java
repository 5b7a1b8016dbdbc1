package dev.hognose.wire.state;

import dev.hognose.loop.BlockId;
import dev.hognose.loop.Culprits;
import dev.hognose.loop.Fingerprint;
import dev.hognose.state.v1.LoopCulprits;
import dev.hognose.wire.Codec;
import dev.hognose.wire.Parsing;
import java.util.TreeMap;

/** The message {@code LoopCulprits} of state.proto. */
public final class CulpritsCodec implements Codec<Culprits> {

  @Override
  public Culprits decode(byte[] bytes) {
    return Parsing.parse(LoopCulprits.parser(), bytes, CulpritsCodec::read);
  }

  @Override
  public byte[] encode(Culprits culprits) {
    LoopCulprits.Builder m = LoopCulprits.newBuilder().setService(culprits.service());
    culprits
        .lasting()
        .forEach(
            (block, fingerprint) ->
                m.addLastingBuilder()
                    .setBlock(LoopStateCodec.write(block))
                    .setFingerprint(LoopStateCodec.write(fingerprint)));
    return m.build().toByteArray();
  }

  private static Culprits read(LoopCulprits m) {
    TreeMap<BlockId, Fingerprint> lasting = new TreeMap<>();
    m.getLastingList()
        .forEach(
            each ->
                lasting.put(
                    LoopStateCodec.read(each.getBlock()),
                    LoopStateCodec.read(each.getFingerprint())));
    return new Culprits(m.getService(), lasting);
  }
}
