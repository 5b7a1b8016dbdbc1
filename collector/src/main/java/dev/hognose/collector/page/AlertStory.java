package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What was told of one alert, from its beginning to its end. */
final class AlertStory {

  private static final int MOST_TELLINGS = 100;

  private final List<Telling> tellings = new ArrayList<>();
  private Alert alert;
  private int told;
  private boolean withdrawn;

  /**
   * Something that was told: {@code fired}, {@code updated}, {@code resolved}, {@code withdrawn}.
   */
  record Telling(Instant at, String word) {}

  AlertStory(Alert alert) {
    this.alert = alert;
  }

  /** Takes what is told next; beyond {@value #MOST_TELLINGS} only how often is kept. */
  void next(Alert next) {
    alert = next;
    withdrawn = false;
    String word =
        next.state() == Alert.State.RESOLVED ? "resolved" : told == 0 ? "fired" : "updated";
    keep(new Telling(next.updatedAt(), word));
  }

  void withdraw(Instant at) {
    withdrawn = true;
    keep(new Telling(at, "withdrawn"));
  }

  private void keep(Telling telling) {
    told++;
    if (tellings.size() == MOST_TELLINGS) {
      tellings.remove(MOST_TELLINGS - 1);
    }
    tellings.add(telling);
  }

  Alert alert() {
    return alert;
  }

  List<Telling> tellings() {
    return tellings;
  }

  /** How often something was told of it. */
  int told() {
    return told;
  }

  /** In what it ended, so far. */
  String state() {
    return withdrawn ? "withdrawn" : Wording.word(alert.state());
  }

  /** When it was over; what fires never is. */
  Instant end() {
    return withdrawn
        ? tellings.get(tellings.size() - 1).at()
        : alert.resolvedAt().orElse(Instant.MAX);
  }
}
