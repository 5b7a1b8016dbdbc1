package dev.hognose.app.console;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.hognose.settings.Env;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/**
 * How much this program writes to its log, standard error.
 *
 * <p>Commands that a person waits for tell their failures themselves and log errors only; what runs
 * for long logs as {@code HOGNOSE_LOG_LEVEL} says.
 */
public final class Logging {

  private static final Map<String, Level> LEVELS =
      Map.of(
          "error", Level.ERROR,
          "warn", Level.WARN,
          "info", Level.INFO,
          "debug", Level.DEBUG,
          "trace", Level.TRACE);

  /** What others say is worth a step less. */
  private static final Map<Level, Level> OTHERS =
      Map.of(Level.INFO, Level.WARN, Level.DEBUG, Level.INFO, Level.TRACE, Level.DEBUG);

  /** They warn again and again of what we say once, or of nothing that an operator can change. */
  private static final List<String> REPEATING =
      List.of(
          "org.apache.kafka.clients.NetworkClient",
          "org.apache.kafka.clients.consumer.internals.OffsetFetcherUtils",
          "org.apache.kafka.streams.StreamsConfig");

  private Logging() {}

  /** Reads the level and applies it. Kafka's own lines at INFO are for who asks for DEBUG. */
  public static void from(Env env) {
    Level ours = env.read("LOG_LEVEL", Level.INFO, Logging::parse);
    set(Logger.ROOT_LOGGER_NAME, OTHERS.getOrDefault(ours, ours));
    set("dev.hognose", ours);
    if (ours.equals(Level.INFO)) {
      REPEATING.forEach(logger -> set(logger, Level.ERROR));
    }
  }

  private static Level parse(String text) {
    return Optional.ofNullable(LEVELS.get(text.toLowerCase(Locale.ROOT)))
        .orElseThrow(
            () -> new IllegalArgumentException("expected one of error, warn, info, debug, trace"));
  }

  private static void set(String logger, Level level) {
    ((Logger) LoggerFactory.getLogger(logger)).setLevel(level);
  }
}
