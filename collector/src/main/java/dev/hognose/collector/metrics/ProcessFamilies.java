package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;
import static dev.hognose.collector.metrics.Figure.bytes;
import static dev.hognose.collector.metrics.Figure.counter;
import static dev.hognose.collector.metrics.Figure.counterIfRead;
import static dev.hognose.collector.metrics.Figure.gauge;
import static dev.hognose.collector.metrics.Figure.gaugeIfRead;
import static dev.hognose.collector.metrics.Figure.number;
import static dev.hognose.collector.metrics.Figure.seconds;
import static io.prometheus.metrics.model.snapshots.Unit.BYTES;
import static io.prometheus.metrics.model.snapshots.Unit.SECONDS;

import java.util.List;

/** What the kernel and glibc tell of a process. */
final class ProcessFamilies {

  static final List<Family<LabelledProcess, ?>> ALL =
      List.of(
          gauge(
              "process_resident_memory_bytes",
              BYTES,
              "Resident memory of the process.",
              sample -> sample.memory().rss().count()),
          gaugeIfRead(
              "process_unique_memory_bytes",
              BYTES,
              "Resident memory that only this process has (USS).",
              sample -> bytes(sample.memory().uss())),
          gaugeIfRead(
              "process_proportional_memory_bytes",
              BYTES,
              "Resident memory with the process's share of what it shares (PSS).",
              sample -> bytes(sample.memory().pss())),
          gaugeIfRead(
              "process_malloc_used_bytes",
              BYTES,
              "Heap that glibc has handed out.",
              sample -> bytes(sample.memory().mallocUsed())),
          gaugeIfRead(
              "process_malloc_free_bytes",
              BYTES,
              "Heap that glibc keeps free.",
              sample -> bytes(sample.memory().mallocFree())),
          gaugeIfRead(
              "process_cgroup_memory_limit_bytes",
              BYTES,
              "Memory that the process's container may use.",
              sample -> bytes(sample.container().memoryLimit())),
          gaugeIfRead(
              "process_cgroup_memory_usage_bytes",
              BYTES,
              "Memory that the process's container uses.",
              sample -> bytes(sample.container().memoryUsage())),
          counterIfRead(
              "process_cgroup_oom_kills_total",
              NO_UNIT,
              "Processes of the container that the kernel killed for want of memory.",
              sample -> number(sample.container().oomKills())),
          gaugeIfRead(
              "process_cgroup_cpu_limit_cores",
              NO_UNIT,
              "Processors that the process's container may use at once.",
              sample -> sample.container().cpuLimitCores()),
          counterIfRead(
              "process_cgroup_throttled_seconds_total",
              SECONDS,
              "Time for which the container was held back at its CPU limit.",
              sample -> seconds(sample.container().throttled())),
          counter(
              "process_cpu_seconds_total",
              SECONDS,
              "User and system CPU time.",
              sample -> seconds(sample.cpu().total())),
          counter(
              "process_cpu_user_seconds_total",
              SECONDS,
              "User CPU time.",
              sample -> seconds(sample.cpu().user())),
          counter(
              "process_cpu_system_seconds_total",
              SECONDS,
              "System CPU time.",
              sample -> seconds(sample.cpu().system())),
          gauge(
              "process_threads",
              NO_UNIT,
              "Threads that the kernel runs for the process.",
              sample -> sample.kernel().threads()),
          gaugeIfRead(
              "process_open_fds",
              NO_UNIT,
              "Open file descriptors.",
              sample -> number(sample.kernel().openFds())),
          gaugeIfRead(
              "process_max_fds",
              NO_UNIT,
              "File descriptors that may be open.",
              sample -> number(sample.kernel().maxFds())),
          gauge(
              "process_start_time_seconds",
              SECONDS,
              "When the process started, since the epoch.",
              sample -> sample.process().startedAt().toEpochMilli() / 1e3),
          counter(
              "process_context_switches_voluntary_total",
              NO_UNIT,
              "Times that a thread waited of its own accord.",
              sample -> sample.kernel().voluntarySwitches()),
          counter(
              "process_context_switches_involuntary_total",
              NO_UNIT,
              "Times that a thread was made to wait for a processor.",
              sample -> sample.kernel().involuntarySwitches()),
          counter(
              "process_page_faults_minor_total",
              NO_UNIT,
              "Page faults that needed no disk.",
              sample -> sample.kernel().minorFaults()),
          counter(
              "process_page_faults_major_total",
              NO_UNIT,
              "Page faults that waited for a disk.",
              sample -> sample.kernel().majorFaults()),
          counterIfRead(
              "process_io_read_bytes_total",
              BYTES,
              "Read from disks.",
              sample -> bytes(sample.kernel().read())),
          counterIfRead(
              "process_io_written_bytes_total",
              BYTES,
              "Written to disks.",
              sample -> bytes(sample.kernel().written())));

  private ProcessFamilies() {}
}
