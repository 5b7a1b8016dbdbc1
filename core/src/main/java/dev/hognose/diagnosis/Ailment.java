package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What is told as one: a service, a diagnosis, a culprit.
 *
 * @param culprit empty when unknown
 */
public record Ailment(String service, Alert.Kind kind, String culprit, Scope scope) {

  /** Only a culprit could have line ends. */
  private static final Pattern KEY =
      Pattern.compile("([^\n]*)\n([^\n]*)\n(.*)\n([^\n]*)", Pattern.DOTALL);

  /** One culprit, or many as one. */
  public enum Scope {
    ONE,
    /** All of the kind that there is no room to tell apart. */
    REST,
    /** Those among them that there is no room to know apart, either. */
    BEYOND
  }

  /**
   * Reads a {@link #key}.
   *
   * @throws IllegalArgumentException for what is none
   */
  public static Ailment parse(String key) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "ailment=" + key + ": expected service, kind, culprit and scope, a line each");
    }
    return new Ailment(
        parts.group(1),
        Alert.Kind.valueOf(parts.group(2)),
        parts.group(3),
        Scope.valueOf(parts.group(4)));
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
