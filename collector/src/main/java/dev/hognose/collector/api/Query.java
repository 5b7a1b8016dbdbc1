package dev.hognose.collector.api;

import dev.hognose.settings.Durations;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The parameters of a request, each at most once, none that is not known. */
final class Query {

  private static final int LONGEST_ECHO = 100;

  /** Kafka counts milliseconds from 1970 on, and a year has four digits. */
  private static final Instant END_OF_TIME = Instant.parse("+10000-01-01T00:00:00Z");

  private final Map<String, List<String>> given;

  /**
   * Checks the names.
   *
   * @throws BadQueryException for a parameter that is not known or comes twice
   */
  Query(Map<String, List<String>> given, String... known) {
    this.given = given;
    given.forEach(
        (name, values) -> {
          if (!List.of(known).contains(name)) {
            throw new BadQueryException(
                shortened(name) + ": expected some of " + new TreeSet<>(List.of(known)));
          }
          if (values.size() > 1) {
            throw new BadQueryException(
                name + ": expected once, it comes " + values.size() + " times");
          }
        });
  }

  Optional<String> text(String name) {
    return given.getOrDefault(name, List.of()).stream().findFirst();
  }

  /**
   * What has to be there.
   *
   * @throws BadQueryException when it is not
   */
  String needed(String name, String expected) {
    return text(name).orElseThrow(() -> new BadQueryException(name + ": expected " + expected));
  }

  /**
   * A moment: {@code now}, {@code -2h} before it, ISO 8601, or milliseconds since the epoch.
   *
   * @throws BadQueryException for anything else, and for a time at which no topic has records
   */
  Instant moment(String name, Instant now, String otherwise) {
    String value = text(name).orElse(otherwise);
    Instant moment = read(name, value, now);
    if (moment.isBefore(Instant.EPOCH) || !moment.isBefore(END_OF_TIME)) {
      throw new BadQueryException(
          name + "=" + shortened(value) + ": expected a time in the years 1970 to 9999");
    }
    return moment;
  }

  private static Instant read(String name, String value, Instant now) {
    try {
      if (value.equals("now")) {
        return now;
      }
      if (value.startsWith("-")) {
        return now.minus(Durations.parse(value.substring(1)));
      }
      return value.matches("\\d{1,15}")
          ? Instant.ofEpochMilli(Long.parseLong(value))
          : Instant.parse(value);
    } catch (IllegalArgumentException | DateTimeException | ArithmeticException unreadable) {
      throw new BadQueryException(
          name
              + "="
              + shortened(value)
              + ": expected now, -2h, 2026-03-01T08:00:00Z or milliseconds since the epoch");
    }
  }

  /** One of some words; empty when it was not given. */
  Optional<String> oneOf(String name, List<String> words) {
    Optional<String> value = text(name);
    if (value.isPresent() && !words.contains(value.get())) {
      throw new BadQueryException(
          name + "=" + shortened(value.get()) + ": expected one of " + words);
    }
    return value;
  }

  private static String shortened(String text) {
    return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "…";
  }
}
