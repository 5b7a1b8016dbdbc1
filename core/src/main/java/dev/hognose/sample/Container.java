package dev.hognose.sample;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What the process's cgroup allows and has used; absent where there is no such limit or it could
 * not be read.
 */
public record Container(
    Optional<Bytes> memoryLimit,
    Optional<Bytes> memoryUsage,
    OptionalLong oomKills,
    OptionalDouble cpuLimitCores,
    Optional<Duration> throttled,
    Pressure pressure) {

  public Container {
    cpuLimitCores.ifPresent(Container::check);
  }

  private static void check(double cores) {
    if (!(cores >= 0 && cores < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("cpu_limit_cores=" + cores + ": expected 0 or more");
    }
  }
}
