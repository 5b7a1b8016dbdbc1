package dev.hognose.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the agent costs and what it could not do.
 *
 * @param outbox records that wait for Kafka
 * @param dropped records that the agent chose not to keep, by reason, in its order
 * @param disabledProbes probes that failed and are off until the next start
 * @param skipped readings that were not taken because they would have cost too much, by reason
 * @param lastDelivery when Kafka last acknowledged a record of the process; absent before the first
 */
public record AgentFigures(
    Duration cpu,
    Duration longestTick,
    Duration longestGilHold,
    int outbox,
    Map<String, Long> dropped,
    List<String> disabledProbes,
    Map<String, Long> skipped,
    Optional<Instant> lastDelivery) {

  public AgentFigures {
    dropped = Collections.unmodifiableMap(new LinkedHashMap<>(dropped));
    disabledProbes = List.copyOf(disabledProbes);
    skipped = Collections.unmodifiableMap(new LinkedHashMap<>(skipped));
  }
}
