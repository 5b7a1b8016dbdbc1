package dev.hognose.wire;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.wire.part.EnumCodec;
import dev.hognose.wire.part.ProcessCodec;
import dev.hognose.wire.part.RetentionCodec;
import dev.hognose.wire.part.StackCodec;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The message {@code Alert} of alerts.proto. */
public final class AlertCodec implements Codec<Alert> {

  @Override
  public Alert decode(byte[] bytes) {
    return Parsing.parse(dev.hognose.v1.Alert.parser(), bytes, AlertCodec::read);
  }

  @Override
  public byte[] encode(Alert alert) {
    return write(alert).toByteArray();
  }

  private static Alert read(dev.hognose.v1.Alert m) {
    return new Alert(
        m.getId(),
        Alert.Kind.valueOf(m.getKind().toUpperCase(Locale.ROOT)),
        readState(m.getState()),
        EnumCodec.read(m.getSeverity(), Alert.Severity.WARNING),
        m.getService(),
        m.hasProcess() ? Optional.of(ProcessCodec.read(m.getProcess())) : Optional.empty(),
        m.getVersion(),
        Instant.ofEpochMilli(m.getFiredMs()),
        Instant.ofEpochMilli(m.getUpdatedMs()),
        m.hasResolvedMs() ? Optional.of(Instant.ofEpochMilli(m.getResolvedMs())) : Optional.empty(),
        m.getTitle(),
        m.getEvidenceList().stream()
            .map(each -> new Evidence(each.getName(), each.getValue(), each.getUnit()))
            .toList(),
        m.hasCulprit() ? Optional.of(StackCodec.readFrame(m.getCulprit())) : Optional.empty(),
        m.getCause(),
        m.getStacksList().stream().map(StackCodec::readStack).toList(),
        m.getSitesList().stream().map(StackCodec::readSite).toList(),
        m.getRetentionList().stream().map(RetentionCodec::read).toList(),
        m.getAdvice(),
        m.getProcessesAffected());
  }

  private static Alert.State readState(dev.hognose.v1.Alert.State m) {
    return switch (m) {
      case FIRING -> Alert.State.FIRING;
      case RESOLVED -> Alert.State.RESOLVED;
      case STATE_UNSPECIFIED, UNRECOGNIZED ->
          throw new MalformedRecordException("state=" + m + ": expected FIRING or RESOLVED");
    };
  }

  public static dev.hognose.v1.Alert write(Alert alert) {
    dev.hognose.v1.Alert.Builder m =
        dev.hognose.v1.Alert.newBuilder()
            .setId(alert.id())
            .setKind(alert.kind().name().toLowerCase(Locale.ROOT))
            .setState(EnumCodec.write(alert.state(), dev.hognose.v1.Alert.State.STATE_UNSPECIFIED))
            .setSeverity(
                EnumCodec.write(
                    alert.severity(), dev.hognose.v1.Alert.Severity.SEVERITY_UNSPECIFIED))
            .setService(alert.service())
            .setFiredMs(alert.firedAt().toEpochMilli())
            .setUpdatedMs(alert.updatedAt().toEpochMilli())
            .setTitle(alert.title())
            .addAllStacks(alert.stacks().stream().map(StackCodec::write).toList())
            .addAllSites(alert.sites().stream().map(StackCodec::write).toList())
            .addAllRetention(alert.retention().stream().map(RetentionCodec::write).toList())
            .setAdvice(alert.advice())
            .setProcessesAffected(alert.processesAffected())
            .setVersion(alert.version())
            .setCause(alert.cause());
    alert.process().ifPresent(process -> m.setProcess(ProcessCodec.write(process)));
    alert.resolvedAt().ifPresent(at -> m.setResolvedMs(at.toEpochMilli()));
    alert.culprit().ifPresent(culprit -> m.setCulprit(StackCodec.write(culprit)));
    alert
        .evidence()
        .forEach(
            each ->
                m.addEvidenceBuilder()
                    .setName(each.name())
                    .setValue(each.value())
                    .setUnit(each.unit()));
    return m.build();
  }
}
