package dev.hognose.collector.intake;

import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.Uuid;

/** A collector as it signs a committed offset: who shows the partition, and from when on. */
record ShownBy(String name) {

  private static final Pattern SAID = Pattern.compile("shown by (\\S+) from (-?\\d{1,18})");

  /** A name that nobody has had. */
  static ShownBy somebodyNew() {
    return new ShownBy(Uuid.randomUuid().toString());
  }

  /** Whether somebody has signed; an offset of anything else has other words beside it. */
  static boolean isIn(String metadata) {
    return SAID.matcher(metadata).matches();
  }

  String from(Instant moment) {
    return "shown by " + name + " from " + moment.toEpochMilli();
  }

  /** From when on it is shown by somebody else; empty when that is not said. */
  Optional<Instant> untilOthers(String metadata) {
    Matcher said = SAID.matcher(metadata);
    return said.matches() && !said.group(1).equals(name)
        ? Optional.of(Instant.ofEpochMilli(Long.parseLong(said.group(2))))
        : Optional.empty();
  }
}
