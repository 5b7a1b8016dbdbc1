package dev.hognose.wire.state;

import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Cases;
import dev.hognose.state.v1.DiagnosisCases;
import dev.hognose.wire.Codec;
import dev.hognose.wire.Parsing;

/** The message {@code DiagnosisCases} of diagnosis.proto. */
public final class CasesCodec implements Codec<Cases> {

  @Override
  public Cases decode(byte[] bytes) {
    return Parsing.parse(DiagnosisCases.parser(), bytes, CasesCodec::read);
  }

  @Override
  public byte[] encode(Cases cases) {
    Ailment ailment = cases.ailment();
    return DiagnosisCases.newBuilder()
        .setService(ailment.service())
        .setKind(SignCodec.write(ailment.kind()))
        .setCulprit(ailment.culprit())
        .setRest(ailment.scope() == Ailment.Scope.REST)
        .setBeyond(ailment.scope() == Ailment.Scope.BEYOND)
        .addAllCases(cases.all().stream().map(each -> CaseCodec.write(each, ailment)).toList())
        .build()
        .toByteArray();
  }

  private static Cases read(DiagnosisCases m) {
    Ailment ailment =
        new Ailment(m.getService(), SignCodec.readKind(m.getKind()), m.getCulprit(), scope(m));
    return new Cases(
        ailment, m.getCasesList().stream().map(each -> CaseCodec.read(each, ailment)).toList());
  }

  private static Ailment.Scope scope(DiagnosisCases m) {
    if (m.getBeyond()) {
      return Ailment.Scope.BEYOND;
    }
    return m.getRest() ? Ailment.Scope.REST : Ailment.Scope.ONE;
  }
}
