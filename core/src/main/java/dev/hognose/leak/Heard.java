package dev.hognose.leak;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Sample;
import java.time.Instant;
import java.util.Optional;

/**
 * The newest sample of a process, as far as it is remembered.
 *
 * @param silentAt when the process counts as silent if nothing newer comes
 * @param resident what only the process has, else all that is resident
 */
public record Heard(
    Instant at, Instant silentAt, String version, Bytes resident, Optional<Bytes> limit) {

  static Heard of(Sample sample, Instant silentAt) {
    return new Heard(
        sample.at(),
        silentAt,
        sample.version(),
        sample.memory().uss().orElse(sample.memory().rss()),
        sample.container().memoryLimit());
  }

  Footprint footprint() {
    return new Footprint(resident, limit);
  }
}
