package dev.hognose.wire;

import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Case;
import dev.hognose.diagnosis.Cases;
import dev.hognose.diagnosis.Presence;
import dev.hognose.diagnosis.Told;
import dev.hognose.state.v1.DiagnosisCases;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

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
        .addAllCases(cases.all().stream().map(CasesCodec::write).toList())
        .build()
        .toByteArray();
  }

  private static Cases read(DiagnosisCases m) {
    Ailment ailment =
        new Ailment(m.getService(), SignCodec.readKind(m.getKind()), m.getCulprit(), scope(m));
    return new Cases(ailment, m.getCasesList().stream().map(CasesCodec::read).toList());
  }

  private static Ailment.Scope scope(DiagnosisCases m) {
    if (m.getBeyond()) {
      return Ailment.Scope.BEYOND;
    }
    return m.getRest() ? Ailment.Scope.REST : Ailment.Scope.ONE;
  }

  private static Case read(DiagnosisCases.Case m) {
    TreeMap<String, Presence> processes = new TreeMap<>();
    m.getProcessesList().stream()
        .map(CasesCodec::read)
        .forEach(presence -> processes.put(presence.process().key(), presence));
    return new Case(
        processes, m.getToldList().stream().map(CasesCodec::read).toList(), m.getChanged());
  }

  private static Presence read(DiagnosisCases.Presence m) {
    return new Presence(
        ProcessCodec.read(m.getProcess()),
        m.getVersion(),
        Instant.ofEpochMilli(m.getFromMs()),
        Instant.ofEpochMilli(m.getSeenMs()),
        Instant.ofEpochMilli(m.getUntilMs()),
        Duration.ofMillis(m.getBeatMs()),
        SignCodec.read(m.getSign()));
  }

  private static Told read(DiagnosisCases.Told m) {
    return new Told(
        m.getId(),
        m.getProcesses(),
        m.getWeight(),
        m.getResolved() ? Told.Life.RESOLVED : Told.Life.FIRING,
        Instant.ofEpochMilli(m.getUpdatedMs()));
  }

  private static DiagnosisCases.Case write(Case each) {
    return DiagnosisCases.Case.newBuilder()
        .addAllProcesses(each.processes().values().stream().map(CasesCodec::write).toList())
        .addAllTold(each.told().stream().map(CasesCodec::write).toList())
        .setChanged(each.changed())
        .build();
  }

  private static DiagnosisCases.Presence write(Presence presence) {
    return DiagnosisCases.Presence.newBuilder()
        .setProcess(ProcessCodec.write(presence.process()))
        .setVersion(presence.version())
        .setFromMs(presence.from().toEpochMilli())
        .setSeenMs(presence.seenAt().toEpochMilli())
        .setUntilMs(presence.until().toEpochMilli())
        .setBeatMs(presence.beat().toMillis())
        .setSign(SignCodec.write(presence.sign()))
        .build();
  }

  private static DiagnosisCases.Told write(Told told) {
    return DiagnosisCases.Told.newBuilder()
        .setId(told.id())
        .setProcesses(told.processes())
        .setWeight(told.weight())
        .setResolved(told.life() == Told.Life.RESOLVED)
        .setUpdatedMs(told.updatedAt().toEpochMilli())
        .build();
  }
}
