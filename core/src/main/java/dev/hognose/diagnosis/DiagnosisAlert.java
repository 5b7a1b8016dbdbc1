package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes a case as an alert: what, how much, where, and what to do about it. */
final class DiagnosisAlert {

  private final Ailment ailment;
  private final DiagnosisPolicy policy;

  DiagnosisAlert(Ailment ailment, DiagnosisPolicy policy) {
    this.ailment = ailment;
    this.policy = policy;
  }

  Alert of(Telling telling) {
    Case about = telling.about();
    Presence strongest = about.strongest();
    int processes = about.processes().count();
    Alert firing =
        new Alert(
            telling.id(),
            ailment.kind(),
            Alert.State.FIRING,
            Advice.severity(ailment.kind()),
            ailment.service(),
            processes == 1 ? Optional.of(strongest.process()) : Optional.empty(),
            about.first().version(),
            telling.firedAt(),
            telling.updatedAt(),
            Optional.empty(),
            title(about),
            evidence(about),
            isOne() ? strongest.sign().place() : Optional.empty(),
            "",
            List.of(),
            List.of(),
            strongest.sign().retention().filter(holder -> isOne()).stream().toList(),
            Advice.on(ailment.kind()),
            processes);
    return telling.resolvedAt().map(firing::resolved).orElse(firing);
  }

  private boolean isOne() {
    return ailment.scope() == Ailment.Scope.ONE;
  }

  private String title(Case about) {
    int processes = about.processes().count();
    String spread = processes == 1 ? "" : ", in " + processes + " processes";
    String others =
        isOne()
            ? ""
            : ", one of more culprits than the " + policy.mostCulprits() + " that are told apart";
    return ailment.service() + ": " + about.strongest().sign().phrase() + others + spread;
  }

  private static List<Evidence> evidence(Case about) {
    List<Evidence> evidence = new ArrayList<>(about.strongest().sign().evidence());
    evidence.add(Words.count("processes", about.processes().count()));
    double seconds = Duration.between(about.from(), about.until()).toMillis() / 1000.0;
    evidence.add(Words.seconds("lasting", seconds));
    return evidence;
  }
}
