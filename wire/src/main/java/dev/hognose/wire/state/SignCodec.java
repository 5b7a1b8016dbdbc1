package dev.hognose.wire.state;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.diagnosis.Sign;
import dev.hognose.state.v1.DiagnosisSign;
import dev.hognose.wire.part.RetentionCodec;
import dev.hognose.wire.part.StackCodec;
import java.util.Locale;
import java.util.Optional;

/** Signs and kinds of diagnoses within other messages. */
final class SignCodec {

  private SignCodec() {}

  static Sign read(DiagnosisSign m) {
    return new Sign(
        m.getCulprit(),
        m.getPhrase(),
        m.getWeight(),
        m.getEvidenceList().stream()
            .map(each -> new Evidence(each.getName(), each.getValue(), each.getUnit()))
            .toList(),
        m.hasPlace() ? Optional.of(StackCodec.readFrame(m.getPlace())) : Optional.empty(),
        m.hasRetention() ? Optional.of(RetentionCodec.read(m.getRetention())) : Optional.empty());
  }

  static DiagnosisSign write(Sign sign) {
    DiagnosisSign.Builder m =
        DiagnosisSign.newBuilder()
            .setCulprit(sign.culprit())
            .setPhrase(sign.phrase())
            .setWeight(sign.weight());
    sign.evidence()
        .forEach(
            each ->
                m.addEvidenceBuilder()
                    .setName(each.name())
                    .setValue(each.value())
                    .setUnit(each.unit()));
    sign.place().ifPresent(place -> m.setPlace(StackCodec.write(place)));
    sign.retention().ifPresent(holder -> m.setRetention(RetentionCodec.write(holder)));
    return m.build();
  }

  static Alert.Kind readKind(String kind) {
    return Alert.Kind.valueOf(kind.toUpperCase(Locale.ROOT));
  }

  static String write(Alert.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
