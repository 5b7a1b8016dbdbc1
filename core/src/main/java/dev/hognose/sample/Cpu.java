package dev.hognose.sample;

import java.time.Duration;

/** Processor time of the whole process since it started. */
public record Cpu(Duration user, Duration system) {

  public Duration total() {
    return user.plus(system);
  }
}
