package dev.hognose.wire.state;

import com.google.protobuf.ByteString;
import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.Case;
import dev.hognose.diagnosis.Presence;
import dev.hognose.diagnosis.Presences;
import dev.hognose.diagnosis.Sign;
import dev.hognose.diagnosis.Told;
import dev.hognose.sample.ProcessId;
import dev.hognose.state.v1.DiagnosisCases;
import dev.hognose.wire.part.ProcessCodec;
import dev.hognose.wire.part.RetentionCodec;
import dev.hognose.wire.part.StackCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** A case within {@code DiagnosisCases} of diagnosis.proto, without what its ailment says. */
final class CaseCodec {

  private static final HexFormat HEX = HexFormat.of();

  private CaseCodec() {}

  static Case read(DiagnosisCases.Case m, Ailment ailment) {
    Presences processes =
        Presences.of(m.getProcessesList().stream().map(each -> read(each, ailment)).toList());
    Case untold = new Case(processes, List.of(), m.getChanged());
    return new Case(
        processes,
        m.getToldList().stream().map(told -> read(told, untold)).toList(),
        m.getChanged());
  }

  static DiagnosisCases.Case write(Case each, Ailment ailment) {
    return DiagnosisCases.Case.newBuilder()
        .addAllProcesses(each.processes().all().stream().map(one -> write(one, ailment)).toList())
        .addAllTold(each.told().stream().map(told -> write(told, each)).toList())
        .setChanged(each.changed())
        .build();
  }

  private static Presence read(DiagnosisCases.Presence m, Ailment ailment) {
    ProcessId process =
        ProcessCodec.read(m.getProcess().toBuilder().setService(ailment.service()).build());
    return new Presence(
        process,
        m.getVersion(),
        Instant.ofEpochMilli(m.getFromMs()),
        Instant.ofEpochMilli(m.getFromMs() + m.getSeenAfterMs()),
        Instant.ofEpochMilli(m.getFromMs() + m.getUntilAfterMs()),
        Duration.ofMillis(m.getBeatMs()),
        read(m.getShown(), ailment),
        m.hasBeforeAfterMs()
            ? Optional.of(Instant.ofEpochMilli(m.getFromMs() + m.getBeforeAfterMs()))
            : Optional.empty());
  }

  private static DiagnosisCases.Presence write(Presence presence, Ailment ailment) {
    long fromMs = presence.from().toEpochMilli();
    DiagnosisCases.Presence.Builder m =
        DiagnosisCases.Presence.newBuilder()
            .setProcess(ProcessCodec.write(presence.process()).toBuilder().clearService())
            .setVersion(presence.version())
            .setFromMs(fromMs)
            .setSeenAfterMs(presence.seenAt().toEpochMilli() - fromMs)
            .setUntilAfterMs(presence.until().toEpochMilli() - fromMs)
            .setBeatMs(presence.beat().toMillis())
            .setShown(write(presence.sign(), ailment));
    presence.before().ifPresent(before -> m.setBeforeAfterMs(before.toEpochMilli() - fromMs));
    return m.build();
  }

  private static Sign read(DiagnosisCases.Shown m, Ailment ailment) {
    String culprit = m.hasCulprit() ? m.getCulprit() : ailment.culprit();
    return new Sign(
        culprit,
        m.hasPhraseAfterCulprit()
            ? m.getPhrase() + culprit + m.getPhraseAfterCulprit()
            : m.getPhrase(),
        m.getWeight(),
        EvidenceWords.read(m.getEvidence().toByteArray()),
        m.hasPlace() ? Optional.of(StackCodec.readFrame(m.getPlace())) : Optional.empty(),
        m.hasRetention() ? Optional.of(RetentionCodec.read(m.getRetention())) : Optional.empty());
  }

  private static DiagnosisCases.Shown write(Sign sign, Ailment ailment) {
    DiagnosisCases.Shown.Builder m =
        DiagnosisCases.Shown.newBuilder()
            .setWeight(sign.weight())
            .setEvidence(ByteString.copyFrom(EvidenceWords.write(sign.evidence())));
    if (!sign.culprit().equals(ailment.culprit())) {
      m.setCulprit(sign.culprit());
    }
    int named = sign.culprit().isEmpty() ? -1 : sign.phrase().indexOf(sign.culprit());
    if (named < 0) {
      m.setPhrase(sign.phrase());
    } else {
      m.setPhrase(sign.phrase().substring(0, named))
          .setPhraseAfterCulprit(sign.phrase().substring(named + sign.culprit().length()));
    }
    sign.place().ifPresent(place -> m.setPlace(StackCodec.write(place)));
    sign.retention().ifPresent(holder -> m.setRetention(RetentionCodec.write(holder)));
    return m.build();
  }

  private static Told read(DiagnosisCases.Told m, Case about) {
    return new Told(
        HEX.formatHex(m.getId().toByteArray()),
        m.getProcesses(),
        m.hasWeight() ? m.getWeight() : about.greatestWeight(),
        m.getResolved() ? Told.Life.RESOLVED : Told.Life.FIRING,
        about.from().plusMillis(m.getUpdatedAfterMs()));
  }

  private static DiagnosisCases.Told write(Told told, Case about) {
    DiagnosisCases.Told.Builder m =
        DiagnosisCases.Told.newBuilder()
            .setId(ByteString.copyFrom(HEX.parseHex(told.id())))
            .setProcesses(told.processes())
            .setResolved(told.life() == Told.Life.RESOLVED)
            .setUpdatedAfterMs(Duration.between(about.from(), told.updatedAt()).toMillis());
    if (told.weight() != about.greatestWeight()) {
      m.setWeight(told.weight());
    }
    return m.build();
  }
}
