package dev.hognose.wire.client;

import dev.hognose.settings.SettingException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.kafka.common.errors.FencedInstanceIdException;

/**
 * By which name its consumer group knows an instance, Kafka's {@code group.instance.id}.
 *
 * <p>Who comes back under the name that it had takes its own place at once; without one it waits
 * until the session of its dead self has run out. Of two with one name the first is sent away.
 *
 * @param name empty where the group gives a new one to whoever comes
 */
public record GroupMember(Optional<String> name, Parting parting) {

  /** One that nobody knows again. */
  public static final GroupMember NAMELESS = new GroupMember(Optional.empty(), Parting.LEAVES);

  /** The property, and the setting that becomes it. */
  public static final String PROPERTY = "group.instance.id";

  private static final String SETTING = "HOGNOSE_KAFKA_GROUP_INSTANCE_ID";
  private static final Pattern NAME = Pattern.compile("[a-zA-Z0-9._-]{1,200}");

  /** What the group sees when the instance stops as it should. */
  public enum Parting {
    /** It is gone, and the others take over. */
    LEAVES,
    /** Nothing: it is expected back before its session runs out. */
    IS_EXPECTED_BACK
  }

  /**
   * What the operator wants goes before the place where the instance runs.
   *
   * @param kafka the operator's properties; an empty name in them means none
   * @param place a name that this instance alone has, and has again after a restart
   * @throws SettingException for a name that Kafka does not take
   */
  public static GroupMember of(Map<String, String> kafka, Optional<String> place) {
    Optional<String> given =
        kafka.entrySet().stream()
            .filter(property -> isName(property.getKey()))
            .map(Map.Entry::getValue)
            .findFirst();
    if (given.isPresent()) {
      return given.get().isEmpty()
          ? NAMELESS
          : new GroupMember(Optional.of(checked(given.get())), Parting.IS_EXPECTED_BACK);
    }
    // Kafka's newer protocol of streams knows no names.
    return "streams".equals(kafka.get("group.protocol"))
        ? NAMELESS
        : new GroupMember(place, Parting.LEAVES);
  }

  private static String checked(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new SettingException(
          SETTING
              + "="
              + name
              + ": expected 1 to 200 letters, digits, dots, underscores and hyphens,"
              + " or nothing for no name");
    }
    return name;
  }

  /**
   * The name when it is that of a place: nobody else can have it while this instance runs, not even
   * its own self that was frozen, which holds the port.
   */
  public Optional<String> place() {
    return parting == Parting.LEAVES ? name : Optional.empty();
  }

  /** The operator's properties with this name in place of theirs. */
  public Map<String, String> in(Map<String, String> kafka) {
    Map<String, String> properties = new TreeMap<>(kafka);
    properties.keySet().removeIf(GroupMember::isName);
    name.ifPresent(known -> properties.put(PROPERTY, known));
    return properties;
  }

  /** Of the streams' clients each may be given properties of its own, by a prefix. */
  private static boolean isName(String property) {
    return property.equals(PROPERTY) || property.endsWith("." + PROPERTY);
  }

  /** For the operator, one sentence, when somebody else having the name is why something failed. */
  public Optional<String> takenSentence(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof FencedInstanceIdException) {
        return Optional.of(
            "another instance of the group has the name "
                + name.orElse("of this one")
                + " now: expected "
                + SETTING
                + " with a name that this one alone has, or empty for no name");
      }
    }
    return Optional.empty();
  }
}
