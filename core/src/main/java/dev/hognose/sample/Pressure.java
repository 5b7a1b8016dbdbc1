package dev.hognose.sample;

import java.time.Duration;
import java.util.Optional;

/**
 * For how long some task of the container waited for a resource, since the container began; absent
 * where the kernel does not tell.
 */
public record Pressure(Optional<Duration> cpu, Optional<Duration> memory, Optional<Duration> io) {

  public static final Pressure UNKNOWN =
      new Pressure(Optional.empty(), Optional.empty(), Optional.empty());
}
