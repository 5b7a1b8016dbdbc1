package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;
import static dev.hognose.collector.metrics.Figure.seconds;
import static io.prometheus.metrics.model.snapshots.Unit.BYTES;
import static io.prometheus.metrics.model.snapshots.Unit.RATIO;
import static io.prometheus.metrics.model.snapshots.Unit.SECONDS;

import dev.hognose.service.ServiceSummary;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the processes of a service did together in its latest minute, as the streams added it up.
 *
 * <p>All are figures of one minute, not counters, the histogram too: a collector that starts, or
 * takes a service over, has nothing to go on from and nothing to count twice.
 */
final class SummaryFamilies {

  static final List<Family<ServiceSummary, ?>> ALL =
      List.of(
          gauge(
              "hognose_service_minute_timestamp_seconds",
              SECONDS,
              "When the service's latest minute began, since the epoch.",
              summary -> summary.minute().toEpochMilli() / 1e3),
          gauge(
              "hognose_service_watched_processes",
              NO_UNIT,
              "Processes that told figures of the service's latest minute.",
              ServiceSummary::processes),
          Family.<ServiceSummary>histogramOfNow(
              "hognose_service_loop_lag_seconds",
              "How late callbacks ran that were due, in the service's latest minute.",
              (summary, out) -> out.accept(lag(summary))),
          gauge(
              "hognose_service_loop_blocked_ratio",
              RATIO,
              "Share of the loops' time in loop blocks, in the service's latest minute.",
              ServiceSummary::blockedShare),
          gauge(
              "hognose_service_loop_excess_lag_ratio",
              RATIO,
              "Share of the loops' time in lag that no block explains, in the latest minute.",
              summary -> share(summary.loop().excess(), summary.loop().watched())),
          ofProcessTime(
              "hognose_service_gil_wait_ratio",
              "Share of the processes' time for which a thread waited for the interpreter lock.",
              summary -> summary.waits().gil()),
          ofProcessTime(
              "hognose_service_gc_pause_ratio",
              "Share of the processes' time in garbage collections.",
              summary -> summary.waits().gc()),
          ofProcessTime(
              "hognose_service_runqueue_ratio",
              "Share of the processes' time for which the loops' threads waited for a processor.",
              summary -> summary.waits().runQueue()),
          ofProcessTime(
              "hognose_service_throttled_ratio",
              "Share of the processes' time for which their container was held back, of each of its"
                  + " processors: it may pass 1.",
              summary -> summary.waits().throttled()),
          ofProcessTime(
              "hognose_service_cpu_ratio",
              "CPU time of a process, in cores, on average over the service's processes.",
              ServiceSummary::cpu),
          gauge(
              "hognose_service_memory_bytes",
              BYTES,
              "What only each process has, summed up; resident memory where that is not known.",
              summary -> summary.memory().count()),
          gauge(
              "hognose_service_exceptions",
              NO_UNIT,
              "Exceptions that nothing handled, in the service's latest minute.",
              ServiceSummary::exceptions));

  private SummaryFamilies() {}

  private static Family<ServiceSummary, ?> gauge(
      String name, @Nullable Unit unit, String help, ToDoubleFunction<ServiceSummary> figure) {
    return Family.<ServiceSummary>gauge(
        name,
        unit,
        help,
        (summary, out) ->
            out.accept(ServiceFamilies.gauge(figure.applyAsDouble(summary), labels(summary))));
  }

  private static Family<ServiceSummary, ?> ofProcessTime(
      String name, String help, Function<ServiceSummary, Duration> spent) {
    return gauge(name, RATIO, help, summary -> share(spent.apply(summary), summary.watched()));
  }

  private static double share(Duration part, Duration whole) {
    return whole.isZero() ? 0 : seconds(part) / seconds(whole);
  }

  private static HistogramDataPointSnapshot lag(ServiceSummary summary) {
    return new HistogramDataPointSnapshot(
        LabelledProcess.buckets(summary.loop().lag()),
        summary.loop().lag().sumSeconds(),
        labels(summary),
        Exemplars.EMPTY,
        0);
  }

  private static Labels labels(ServiceSummary summary) {
    return Labels.of("service", summary.service());
  }
}
