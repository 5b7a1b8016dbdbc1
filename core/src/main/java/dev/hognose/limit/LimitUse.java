package dev.hognose.limit;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Container;
import dev.hognose.sample.Sample;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a process and its container had of the limit at the newest sample.
 *
 * @param silentAt when the process counts as silent if nothing newer comes
 * @param version of the service, empty when unknown
 * @param usage of the whole container, page cache included
 * @param limit absent where there is none
 * @param oomKills that the container has counted, as far as known
 */
public record LimitUse(
    Instant at,
    Instant silentAt,
    String version,
    Bytes resident,
    Optional<Bytes> usage,
    Optional<Bytes> limit,
    OptionalLong oomKills) {

  private static final long NO_LIMIT_BYTES = 1L << 60;

  static LimitUse of(Sample sample, Instant silentAt) {
    Container container = sample.container();
    return new LimitUse(
        sample.at(),
        silentAt,
        sample.version(),
        sample.memory().rss(),
        container.memoryUsage(),
        container.memoryLimit().filter(LimitUse::isLimit),
        container.oomKills());
  }

  /** The figure that cgroup v1 writes for no limit is none. */
  private static boolean isLimit(Bytes limit) {
    return limit.count() > 0 && limit.count() < NO_LIMIT_BYTES;
  }

  /** With the kills that the other knows, where this one could not read them. */
  LimitUse orKillsOf(LimitUse other) {
    return oomKills.isPresent()
        ? this
        : new LimitUse(at, silentAt, version, resident, usage, limit, other.oomKills);
  }

  /** What the container has; what the process has, where the container does not say. */
  Bytes used() {
    return usage.orElse(resident);
  }

  double share(Bytes memory) {
    return limit.map(most -> (double) memory.count() / most.count()).orElse(0.0);
  }
}
