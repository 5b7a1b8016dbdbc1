package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;
import static dev.hognose.collector.metrics.Figure.bytes;
import static dev.hognose.collector.metrics.Figure.counterIfRead;
import static dev.hognose.collector.metrics.Figure.gaugeIfRead;
import static dev.hognose.collector.metrics.Figure.number;
import static dev.hognose.collector.metrics.Figure.seconds;
import static io.prometheus.metrics.model.snapshots.Unit.BYTES;
import static io.prometheus.metrics.model.snapshots.Unit.SECONDS;

import dev.hognose.sample.Pressure;
import io.prometheus.metrics.model.snapshots.Labels;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/** What the container of a process allows, and how often that was not enough. */
final class ContainerFamilies {

  static final List<Family<LabelledProcess, ?>> ALL =
      List.of(
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
          Family.<LabelledProcess>counter(
              "process_cgroup_pressure_seconds_total",
              SECONDS,
              "Time for which some task of the container waited for a resource.",
              (process, out) ->
                  eachPressure(process, (waited, at) -> process.count(seconds(waited), at, out))));

  private ContainerFamilies() {}

  private static void eachPressure(LabelledProcess process, BiConsumer<Duration, Labels> out) {
    Pressure pressure = process.sample().container().pressure();
    pressure(process, "cpu", pressure.cpu(), out);
    pressure(process, "memory", pressure.memory(), out);
    pressure(process, "io", pressure.io(), out);
  }

  private static void pressure(
      LabelledProcess process,
      String resource,
      Optional<Duration> read,
      BiConsumer<Duration, Labels> out) {
    read.ifPresent(waited -> out.accept(waited, process.with("resource", resource)));
  }
}
