package dev.hognose.wire.state;

import dev.hognose.leak.LeakEvidence;
import dev.hognose.wire.Codec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.RetentionCodec;
import dev.hognose.wire.part.StackCodec;
import java.time.Duration;
import java.time.Instant;

/** The message {@code LeakEvidence} of state.proto. */
public final class LeakEvidenceCodec implements Codec<LeakEvidence> {

  @Override
  public LeakEvidence decode(byte[] bytes) {
    return Parsing.parse(
        dev.hognose.state.v1.LeakEvidence.parser(), bytes, LeakEvidenceCodec::read);
  }

  @Override
  public byte[] encode(LeakEvidence evidence) {
    dev.hognose.state.v1.LeakEvidence.Builder m = dev.hognose.state.v1.LeakEvidence.newBuilder();
    evidence
        .windows()
        .forEach(
            window ->
                m.addWindowsBuilder()
                    .setAtMs(window.at().toEpochMilli())
                    .setLengthMs(window.length().toMillis())
                    .addAllSites(window.sites().stream().map(StackCodec::write).toList()));
    evidence
        .holders()
        .forEach(
            holder ->
                m.addHoldersBuilder()
                    .setAtMs(holder.at().toEpochMilli())
                    .setRetention(RetentionCodec.write(holder.retention())));
    return m.build().toByteArray();
  }

  private static LeakEvidence read(dev.hognose.state.v1.LeakEvidence m) {
    return new LeakEvidence(
        m.getWindowsList().stream().map(LeakEvidenceCodec::read).toList(),
        m.getHoldersList().stream()
            .map(
                each ->
                    new LeakEvidence.Holder(
                        Instant.ofEpochMilli(each.getAtMs()),
                        RetentionCodec.read(each.getRetention())))
            .toList());
  }

  private static LeakEvidence.Window read(dev.hognose.state.v1.LeakEvidence.Window m) {
    return new LeakEvidence.Window(
        Instant.ofEpochMilli(m.getAtMs()),
        Duration.ofMillis(m.getLengthMs()),
        m.getSitesList().stream().map(StackCodec::readSite).toList());
  }
}
