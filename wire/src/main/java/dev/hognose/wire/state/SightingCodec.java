package dev.hognose.wire.state;

import dev.hognose.diagnosis.Sighting;
import dev.hognose.state.v1.DiagnosisSighting;
import dev.hognose.wire.Codec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.ProcessCodec;
import java.time.Duration;
import java.time.Instant;

/** The message {@code DiagnosisSighting} of diagnosis.proto. */
public final class SightingCodec implements Codec<Sighting> {

  @Override
  public Sighting decode(byte[] bytes) {
    return Parsing.parse(DiagnosisSighting.parser(), bytes, SightingCodec::read);
  }

  @Override
  public byte[] encode(Sighting sighting) {
    return DiagnosisSighting.newBuilder()
        .setProcess(ProcessCodec.write(sighting.process()))
        .setVersion(sighting.version())
        .setKind(SignCodec.write(sighting.kind()))
        .setSign(SignCodec.write(sighting.sign()))
        .setFromMs(sighting.from().toEpochMilli())
        .setUntilMs(sighting.until().toEpochMilli())
        .setBeatMs(sighting.beat().toMillis())
        .setWithdrawn(sighting.state() == Sighting.State.WITHDRAWN)
        .build()
        .toByteArray();
  }

  private static Sighting read(DiagnosisSighting m) {
    return new Sighting(
        ProcessCodec.read(m.getProcess()),
        m.getVersion(),
        SignCodec.readKind(m.getKind()),
        SignCodec.read(m.getSign()),
        Instant.ofEpochMilli(m.getFromMs()),
        Instant.ofEpochMilli(m.getUntilMs()),
        Duration.ofMillis(m.getBeatMs()),
        m.getWithdrawn() ? Sighting.State.WITHDRAWN : Sighting.State.SEEN);
  }
}
