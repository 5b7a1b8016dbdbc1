package dev.hognose.collector.fleet;

import dev.hognose.sample.ProcessId;

/** A pid belongs to one process at a time. */
record Slot(String service, String host, long pid) {

  static Slot of(ProcessId id) {
    return new Slot(id.service(), id.host(), id.pid());
  }
}
