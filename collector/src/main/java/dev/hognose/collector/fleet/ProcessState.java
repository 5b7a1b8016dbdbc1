package dev.hognose.collector.fleet;

import dev.hognose.leak.Trend;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Started;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What is known of one live process.
 *
 * @param started absent when its start was not seen, and not found either
 */
public record ProcessState(
    Sample latest, LastMinute lastMinute, Optional<Trend> trend, Optional<Started> started) {

  public ProcessId id() {
    return latest.process();
  }

  /** Its event loops by distinct names; of two with one name the first. */
  public Collection<EventLoop> loops() {
    if (latest.loops().size() < 2) {
      return latest.loops();
    }
    Map<String, EventLoop> byName = new LinkedHashMap<>();
    latest.loops().forEach(loop -> byName.putIfAbsent(loop.name(), loop));
    return byName.values();
  }
}
