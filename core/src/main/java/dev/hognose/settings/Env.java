package dev.hognose.settings;

import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The {@code HOGNOSE_*} variables, read once: each key is taken out as it is read, so that what is
 * left at the end is misspelt.
 */
public final class Env {

  private static final String PREFIX = "HOGNOSE_";
  private static final String KAFKA = PREFIX + "KAFKA_";

  private final Map<String, String> unread;
  private final TreeSet<String> known = new TreeSet<>();

  public Env(Map<String, String> variables) {
    Map<String, String> ours = new TreeMap<>(variables);
    ours.keySet().removeIf(key -> !key.startsWith(PREFIX));
    unread = ServiceLinks.without(ours);
  }

  public String text(String key, String otherwise) {
    return read(key, otherwise, Function.identity());
  }

  /** A whole number within the bounds, both included. */
  public int integer(String key, int otherwise, int least, int most) {
    return read(
        key,
        otherwise,
        text -> {
          String expected = "expected an integer from " + least + " to " + most;
          try {
            int value = Integer.parseInt(text);
            if (value < least || value > most) {
              throw new IllegalArgumentException(expected);
            }
            return value;
          } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException(expected, notANumber);
          }
        });
  }

  public Duration duration(String key, Duration otherwise) {
    return read(
        key,
        otherwise,
        text -> {
          Duration value = Durations.parse(text);
          if (value.isZero()) {
            throw new IllegalArgumentException("expected a duration longer than 0");
          }
          return value;
        });
  }

  /** A value that has its own parser, whose message says what it expected. */
  public <T> T read(String key, T otherwise, Function<String, T> parser) {
    String name = PREFIX + key;
    known.add(name);
    String text = unread.remove(name);
    if (text == null) {
      return otherwise;
    }
    try {
      return parser.apply(text);
    } catch (IllegalArgumentException refused) {
      throw new SettingException(name + "=" + text + ": " + refused.getMessage());
    }
  }

  /** Every {@code HOGNOSE_KAFKA_SOME_PROPERTY=value} as {@code some.property=value}. */
  public Properties kafka() {
    Properties properties = new Properties();
    unread.forEach(
        (key, value) -> {
          if (key.startsWith(KAFKA)) {
            String property = key.substring(KAFKA.length()).toLowerCase(Locale.ROOT);
            properties.setProperty(property.replace('_', '.'), value);
          }
        });
    unread.keySet().removeIf(key -> key.startsWith(KAFKA));
    return properties;
  }

  /** Refuses variables that nobody read: a misspelt one must not silently mean the default. */
  public void rejectUnread() {
    if (!unread.isEmpty()) {
      throw new SettingException(
          unread.keySet().stream()
              .map(key -> key + ": no such setting, expected " + likely(key))
              .collect(Collectors.joining("; ")));
    }
  }

  private String likely(String key) {
    return known.size() == 1 || Nearest.isLikeOne(key, known)
        ? Nearest.to(key, known)
        : "some of " + String.join(", ", known);
  }
}
