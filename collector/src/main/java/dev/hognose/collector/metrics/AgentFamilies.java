package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;
import static dev.hognose.collector.metrics.Figure.counter;
import static dev.hognose.collector.metrics.Figure.gauge;
import static dev.hognose.collector.metrics.Figure.gaugeIfRead;
import static dev.hognose.collector.metrics.Figure.number;
import static dev.hognose.collector.metrics.Figure.seconds;
import static io.prometheus.metrics.model.snapshots.Unit.SECONDS;

import dev.hognose.sample.AgentFigures;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What watching a process costs, and what its agent could not do. */
final class AgentFamilies {

  static final List<Family<LabelledProcess, ?>> ALL =
      List.of(
          counter(
              "hognose_agent_cpu_seconds_total",
              SECONDS,
              "CPU time of the agent within the process.",
              sample -> seconds(sample.agent().cpu())),
          gauge(
              "hognose_agent_tick_max_seconds",
              SECONDS,
              "The agent's longest tick.",
              sample -> seconds(sample.agent().longestTick())),
          gauge(
              "hognose_agent_gil_hold_max_seconds",
              SECONDS,
              "The longest time for which the agent held the interpreter lock.",
              sample -> seconds(sample.agent().longestGilHold())),
          gauge(
              "hognose_agent_outbox_records",
              NO_UNIT,
              "Records of the agent that wait for Kafka.",
              sample -> sample.agent().outbox()),
          gauge(
              "hognose_agent_disabled_probes",
              NO_UNIT,
              "Probes that failed and are off until the process starts again.",
              sample -> sample.agent().disabledProbes().size()),
          gaugeIfRead(
              "hognose_agent_last_delivery_timestamp_seconds",
              SECONDS,
              "When Kafka last acknowledged a record of the process, since the epoch.",
              sample -> number(sample.agent().lastDelivery().map(at -> at.toEpochMilli() / 1e3))),
          byReason(
              "hognose_agent_dropped_samples_total",
              "Records that the agent chose not to keep, by reason.",
              AgentFigures::dropped),
          byReason(
              "hognose_agent_skipped_readings_total",
              "Readings that the agent did not take for what they would have cost, by reason.",
              AgentFigures::skipped));

  private AgentFamilies() {}

  private static Family<LabelledProcess, ?> byReason(
      String name, String help, Function<AgentFigures, Map<String, Long>> totals) {
    return Family.<LabelledProcess>counter(
        name,
        NO_UNIT,
        help,
        (process, out) ->
            labelled(process, totals).forEach((at, total) -> process.count(total, at, out)));
  }

  /** Reasons that are one when cut to a label are added up. */
  private static Map<Labels, Long> labelled(
      LabelledProcess process, Function<AgentFigures, Map<String, Long>> totals) {
    Map<Labels, Long> labelled = new LinkedHashMap<>();
    totals
        .apply(process.sample().agent())
        .forEach(
            (reason, total) -> labelled.merge(process.with("reason", reason), total, Long::sum));
    return labelled;
  }
}
