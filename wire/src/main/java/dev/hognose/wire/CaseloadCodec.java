package dev.hognose.wire;

import dev.hognose.diagnosis.Caseload;
import dev.hognose.state.v1.DiagnosisCaseload;

/** The message {@code DiagnosisCaseload} of diagnosis.proto. */
public final class CaseloadCodec implements Codec<Caseload> {

  @Override
  public Caseload decode(byte[] bytes) {
    return Parsing.parse(
        DiagnosisCaseload.parser(), bytes, m -> new Caseload(m.getService(), m.getOpen()));
  }

  @Override
  public byte[] encode(Caseload caseload) {
    return DiagnosisCaseload.newBuilder()
        .setService(caseload.service())
        .setOpen(caseload.open())
        .build()
        .toByteArray();
  }
}
