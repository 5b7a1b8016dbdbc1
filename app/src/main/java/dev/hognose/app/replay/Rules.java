package dev.hognose.app.replay;

import dev.hognose.settings.Nearest;
import dev.hognose.settings.SettingException;
import dev.hognose.streams.Policies;
import dev.hognose.streams.StreamsSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** By what one rehearsal judges: the settings that a cluster could have, and all numbers. */
record Rules(StreamsSettings settings, Policies policies) {

  static Rules of(StreamsSettings settings) {
    return new Rules(settings, Policies.of(settings));
  }

  /** All that can be changed: settings first. */
  static List<String> keys() {
    return Stream.concat(
            PolicyKey.keys().stream(), PolicyNumber.all().stream().map(PolicyNumber::key))
        .toList();
  }

  /** What stands for each key. */
  Map<String, String> written() {
    Map<String, String> written = new LinkedHashMap<>(PolicyKey.inForce(settings));
    PolicyNumber.all().forEach(each -> written.put(each.key(), each.in(policies)));
    return written;
  }

  /**
   * Those of an environment with some values replaced. Settings come first, as numbers follow them:
   * {@code leak.bucket} sets the pace of a forecast, which {@code limit.floor} then changes alone.
   *
   * @param option that names the changes to people
   * @throws SettingException for a key or a value that there is not; it names the option
   */
  static Rules changed(
      Map<String, String> environment, String option, Map<String, String> changes) {
    Map<String, String> settings = new LinkedHashMap<>(changes);
    Map<String, String> numbers = new LinkedHashMap<>(changes);
    settings.keySet().retainAll(PolicyKey.keys());
    numbers.keySet().removeAll(PolicyKey.keys());
    Rules rules = of(PolicyKey.settings(environment, option, settings));
    for (Map.Entry<String, String> each : numbers.entrySet()) {
      rules = rules.with(option, each.getKey(), each.getValue());
    }
    return rules;
  }

  private Rules with(String option, String key, String value) {
    PolicyNumber number =
        PolicyNumber.named(key)
            .orElseThrow(
                () ->
                    new SettingException(
                        option
                            + " "
                            + key
                            + ": no such policy value, expected "
                            + Nearest.to(key, keys())));
    try {
      return new Rules(settings, number.with(policies, value));
    } catch (IllegalArgumentException refused) {
      throw new SettingException(option + " " + key + "=" + value + ": " + refused.getMessage());
    }
  }
}
