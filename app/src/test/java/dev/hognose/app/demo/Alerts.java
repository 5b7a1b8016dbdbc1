package dev.hognose.app.demo;

import dev.hognose.alert.Alert;
import dev.hognose.sample.AllocationGrowth.Site;
import dev.hognose.sample.Frame;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Alerts for tests. */
final class Alerts {

  static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

  private Alerts() {}

  static Alert block(String service, String cause, Frame culprit) {
    return alert(Alert.Kind.LOOP_BLOCK, service, cause, Optional.of(culprit), List.of());
  }

  static Alert leak(String service, List<Site> sites) {
    return alert(Alert.Kind.MEMORY_LEAK, service, "", Optional.empty(), sites);
  }

  private static Alert alert(
      Alert.Kind kind, String service, String cause, Optional<Frame> culprit, List<Site> sites) {
    return new Alert(
        kind + service + cause + culprit,
        kind,
        Alert.State.FIRING,
        Alert.Severity.WARNING,
        service,
        Optional.empty(),
        "",
        T0,
        T0,
        Optional.empty(),
        service + " is ill",
        List.of(),
        culprit,
        cause,
        List.of(),
        sites,
        List.of(),
        "",
        1);
  }
}
