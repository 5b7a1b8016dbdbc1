package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;

/**
 * What is told as one: a service, a diagnosis, a culprit.
 *
 * @param culprit empty when unknown
 */
public record Ailment(String service, Alert.Kind kind, String culprit, Scope scope) {

  /** One culprit, or many as one. */
  public enum Scope {
    ONE,
    /** All of the kind that there is no room to tell apart. */
    REST,
    /** Those among them that there is no room to know apart, either. */
    BEYOND
  }

  public Ailment rest() {
    return new Ailment(service, kind, "", Scope.REST);
  }

  Ailment beyond() {
    return new Ailment(service, kind, "", Scope.BEYOND);
  }

  /** The same for the same ailment, and for no other: names hold no line ends. */
  public String key() {
    return String.join("\n", service, kind.name(), culprit, scope.name());
  }
}
