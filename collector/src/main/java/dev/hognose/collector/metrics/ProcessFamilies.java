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

import dev.hognose.sample.Children;
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
              "process_swap_bytes",
              BYTES,
              "Memory of the process that was moved out to swap.",
              sample -> bytes(sample.memory().swap())),
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
              sample -> bytes(sample.kernel().written())),
          gaugeIfRead(
              "process_children",
              NO_UNIT,
              "Live child processes.",
              sample -> number(sample.kernel().children().map(each -> (double) each.count()))),
          gaugeIfRead(
              "process_children_resident_memory_bytes",
              BYTES,
              "Resident memory of the live child processes; what they share counts in each.",
              sample -> bytes(sample.kernel().children().map(Children::rss))),
          counterIfRead(
              "process_children_cpu_seconds_total",
              SECONDS,
              "CPU time of the live child processes, and of those that were waited for.",
              sample -> seconds(sample.kernel().children().map(Children::cpu))));

  private ProcessFamilies() {}
}
