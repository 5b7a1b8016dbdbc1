package dev.hognose.wire.state;

import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Cases;
import dev.hognose.state.v1.DiagnosisCases;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.Parsing;

/** The message {@code DiagnosisCases} of diagnosis.proto. */
public final class CasesCodec implements KeyedCodec<Cases> {

  @Override
  public Cases decode(String key, byte[] bytes) {
    return Parsing.parse(DiagnosisCases.parser(), bytes, m -> read(Ailment.parse(key), m));
  }

  @Override
  public byte[] encode(Cases cases) {
    Ailment ailment = cases.ailment();
    return DiagnosisCases.newBuilder()
        .addAllCases(cases.all().stream().map(each -> CaseCodec.write(each, ailment)).toList())
        .build()
        .toByteArray();
  }

  private static Cases read(Ailment ailment, DiagnosisCases m) {
    return new Cases(
        ailment, m.getCasesList().stream().map(each -> CaseCodec.read(each, ailment)).toList());
  }
}
