package dev.hognose.collector.metrics;

import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.sample.ProcessId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The labels of all live processes, from scrape to scrape. For one thread at a time. */
final class FleetLabels {

  /** More often would make most maps anew for nothing; a name that went costs little until then. */
  private static final int SCRAPES_UNTIL_FORGOTTEN = 16;

  private Map<ProcessId, ProcessLabels> byProcess = Map.of();
  private int scrapes;

  /** Begins a scrape: whoever does not live any more is forgotten. */
  void begin(List<ProcessState> live) {
    Map<ProcessId, ProcessLabels> now = new HashMap<>(live.size() * 2);
    for (ProcessState process : live) {
      ProcessLabels known = byProcess.get(process.id());
      now.put(process.id(), known == null ? new ProcessLabels(process.id()) : known);
    }
    byProcess = now;
    scrapes++;
    if (scrapes % SCRAPES_UNTIL_FORGOTTEN == 0) {
      now.values().forEach(ProcessLabels::forget);
    }
  }

  /** Those of a process that lives in this scrape. */
  ProcessLabels of(ProcessId id) {
    return byProcess.computeIfAbsent(id, ProcessLabels::new);
  }
}
