package dev.hognose.wire.sample;

import dev.hognose.sample.AgentFigures;
import dev.hognose.wire.part.Seconds;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the agent costs and what it could not do, within a sample of the first form. */
final class FirstAgentReading {

  private FirstAgentReading() {}

  static AgentFigures read(dev.hognose.v1.AgentFigures m) {
    return new AgentFigures(
        Seconds.toDuration("agent cpu_seconds_total", m.getCpuSecondsTotal()),
        Seconds.toDuration("agent tick_max_seconds", m.getTickMaxSeconds()),
        Seconds.toDuration("agent gil_hold_max_seconds", m.getGilHoldMaxSeconds()),
        m.getOutbox(),
        byReason(m.getDroppedList()),
        m.getDisabledProbesList(),
        byReason(m.getSkippedList()),
        m.hasLastDeliveryMs()
            ? Optional.of(Instant.ofEpochMilli(m.getLastDeliveryMs()))
            : Optional.empty());
  }

  private static Map<String, Long> byReason(List<dev.hognose.v1.AgentFigures.Dropped> counted) {
    Map<String, Long> totals = new LinkedHashMap<>();
    counted.forEach(each -> totals.merge(each.getReason(), each.getTotal(), Long::sum));
    return totals;
  }
}
