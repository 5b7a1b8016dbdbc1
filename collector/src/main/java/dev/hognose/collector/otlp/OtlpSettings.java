package dev.hognose.collector.otlp;

import dev.hognose.settings.Durations;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import java.time.Duration;
import java.util.Optional;

/**
 * Whether the fleet's metrics are written as OTLP, and how.
 *
 * @param topic absent when they are not
 * @param interval between two tellings of a figure
 */
public record OtlpSettings(Optional<String> topic, Duration interval) {

  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(1);

  /**
   * Reads them.
   *
   * @throws SettingException for a value that cannot be used
   */
  public static OtlpSettings from(Env env) {
    String topic = env.text("OTLP_TOPIC", "");
    Duration interval = env.read("OTLP_INTERVAL", Duration.ofSeconds(15), OtlpSettings::interval);
    if (!topic.matches("[A-Za-z0-9._-]{0,249}")) {
      throw new SettingException(
          "HOGNOSE_OTLP_TOPIC=%s: expected the name of a topic, such as otlp_metrics"
              .formatted(topic));
    }
    return new OtlpSettings(topic.isEmpty() ? Optional.empty() : Optional.of(topic), interval);
  }

  private static Duration interval(String text) {
    Duration interval = Durations.parse(text);
    if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("expected 1s to 1h");
    }
    return interval;
  }
}
