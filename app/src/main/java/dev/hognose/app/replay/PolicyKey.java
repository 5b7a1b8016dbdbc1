package dev.hognose.app.replay;

import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.streams.StreamsSettings;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The numbers that decide and that a setting can change: {@code block.hard} is {@code
 * HOGNOSE_BLOCK_HARD}, and takes what that takes.
 */
enum PolicyKey {
  /** {@code early, fast, balanced, pager, strict}. */
  LEAK_POLICY(settings -> settings.leak().name()),
  /** Width of the finest floors. */
  LEAK_BUCKET(settings -> ms(settings.leak().bucket())),
  /** One block this long is told. */
  BLOCK_HARD(settings -> ms(settings.blocks().hard())),
  /** Without a block this long an episode is over. */
  BLOCK_QUIET(settings -> ms(settings.blocks().quiet()));

  @SuppressWarnings("ImmutableEnumChecker") // A method reference: it has no state.
  private final Function<StreamsSettings, String> inForce;

  PolicyKey(Function<StreamsSettings, String> inForce) {
    this.inForce = inForce;
  }

  private static String ms(Duration duration) {
    return duration.toMillis() + "ms";
  }

  /** As people write it. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replaceFirst("_", ".").replace('_', '-');
  }

  private String variable() {
    return "HOGNOSE_" + name();
  }

  static List<String> keys() {
    return Arrays.stream(values()).map(PolicyKey::key).toList();
  }

  /** What the settings say for each key. */
  static Map<String, String> inForce(StreamsSettings settings) {
    Map<String, String> values = new TreeMap<>();
    for (PolicyKey each : values()) {
      values.put(each.key(), each.inForce.apply(settings));
    }
    return values;
  }

  /** Values by their keys in one line, for people. */
  static String written(Map<String, String> values) {
    return values.entrySet().stream()
        .map(each -> each.getKey() + "=" + each.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * An environment in which what a capture was made under stands where nothing else is set.
   *
   * @param values by their keys; those of an older or newer program are left out
   */
  static Map<String, String> under(Map<String, String> values, Map<String, String> environment) {
    Map<String, String> variables = new TreeMap<>();
    for (PolicyKey each : values()) {
      if (values.containsKey(each.key())) {
        variables.put(each.variable(), values.getOrDefault(each.key(), ""));
      }
    }
    variables.putAll(environment);
    return variables;
  }

  /**
   * The settings of an environment with some of its values replaced.
   *
   * @param changes by key
   * @throws SettingException for a key or a value that there is not; it names the option
   */
  static StreamsSettings settings(
      Map<String, String> environment, String option, Map<String, String> changes) {
    Map<String, String> changed = new HashMap<>(environment);
    changes.forEach((key, value) -> changed.put(named(option, key).variable(), value));
    try {
      return StreamsSettings.from(new Env(changed));
    } catch (SettingException refused) {
      throw new SettingException(inTermsOf(option, changes, String.valueOf(refused.getMessage())));
    }
  }

  private static String inTermsOf(String option, Map<String, String> changes, String message) {
    for (String key : changes.keySet()) {
      String variable = named(option, key).variable() + "=";
      if (message.startsWith(variable)) {
        return option + " " + key + "=" + message.substring(variable.length());
      }
    }
    return message;
  }

  private static PolicyKey named(String option, String key) {
    return Arrays.stream(values())
        .filter(each -> each.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> new SettingException(option + " " + key + ": no setting of the streams"));
  }
}
