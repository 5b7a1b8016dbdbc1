package dev.hognose.collector.otlp;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** What OpenTelemetry's semantic conventions call a figure, where they know it. */
enum Convention {
  CPU_USER("process_cpu_user_seconds", "process.cpu.time", "s", "cpu.mode", "user"),
  CPU_SYSTEM("process_cpu_system_seconds", "process.cpu.time", "s", "cpu.mode", "system"),
  MEMORY("process_resident_memory_bytes", "process.memory.usage", "By", "", ""),
  THREADS("process_threads", "process.thread.count", "{thread}", "", ""),
  OPEN_FILES("process_open_fds", "process.unix.file_descriptor.count", "{file_descriptor}", "", ""),
  SWITCHES_VOLUNTARY(
      "process_context_switches_voluntary",
      "process.context_switches",
      "{context_switch}",
      "process.context_switch.type",
      "voluntary"),
  SWITCHES_INVOLUNTARY(
      "process_context_switches_involuntary",
      "process.context_switches",
      "{context_switch}",
      "process.context_switch.type",
      "involuntary"),
  FAULTS_MINOR(
      "process_page_faults_minor",
      "process.paging.faults",
      "{fault}",
      "system.paging.fault.type",
      "minor"),
  FAULTS_MAJOR(
      "process_page_faults_major",
      "process.paging.faults",
      "{fault}",
      "system.paging.fault.type",
      "major"),
  READ("process_io_read_bytes", "process.disk.io", "By", "disk.io.direction", "read"),
  WRITTEN("process_io_written_bytes", "process.disk.io", "By", "disk.io.direction", "write"),
  COLLECTIONS("python_gc_collections", "cpython.gc.collections", "{collection}", "", ""),
  COLLECTED("python_gc_objects_collected", "cpython.gc.collected_objects", "{object}", "", ""),
  UNCOLLECTABLE(
      "python_gc_objects_uncollectable", "cpython.gc.uncollectable_objects", "{object}", "", "");

  /** Labels that the conventions have a name for. */
  private static final Map<String, String> ATTRIBUTES =
      Map.of("generation", "cpython.gc.generation", "thread", "thread.name");

  private final String family;
  private final String metric;
  private final String unit;
  private final String attribute;
  private final String value;

  /** An empty attribute is none. */
  Convention(String family, String metric, String unit, String attribute, String value) {
    this.family = family;
    this.metric = metric;
    this.unit = unit;
    this.attribute = attribute;
    this.value = value;
  }

  /** Of a family of ours, named without {@code _total}. */
  static Optional<Convention> of(String family) {
    return Arrays.stream(values()).filter(each -> each.family.equals(family)).findFirst();
  }

  /** What a label of ours is called. */
  static String attributeOf(String label) {
    return ATTRIBUTES.getOrDefault(label, label);
  }

  String metric() {
    return metric;
  }

  /** In UCUM. */
  String unit() {
    return unit;
  }

  /** What tells its points from those of other families of the same metric; empty for nothing. */
  String attribute() {
    return attribute;
  }

  String value() {
    return value;
  }
}
