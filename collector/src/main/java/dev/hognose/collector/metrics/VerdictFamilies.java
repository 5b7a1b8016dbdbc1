package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;
import static dev.hognose.collector.metrics.Figure.gauge;
import static io.prometheus.metrics.model.snapshots.Unit.SECONDS;

import dev.hognose.leak.Trend;
import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.Started;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Which release a process runs, and what we judged about its memory. */
final class VerdictFamilies {

  private static final Unit BYTES_PER_SECOND = new Unit("bytes_per_second");
  private static final Unit RATIO = Unit.RATIO;
  private static final double SECONDS_PER_HOUR = Duration.ofHours(1).toSeconds();

  /** Verdicts that claim nothing about a slope. */
  private static final Set<Verdict> WITHOUT_SLOPE = Set.of(Verdict.WARMING, Verdict.UNKNOWN);

  static final List<Family<LabelledProcess, ?>> ALL =
      List.of(
          Family.<LabelledProcess>info(
              "hognose_process_info",
              "The release of the service that the process runs, and whose worker it is.",
              (process, out) -> out.accept(process.info(release(process)))),
          gauge(
              "hognose_process_last_sample_timestamp_seconds",
              SECONDS,
              "When the latest sample was taken, since the epoch, by the process's clock.",
              sample -> sample.at().toEpochMilli() / 1e3),
          Family.<LabelledProcess>gauge(
              "hognose_leak_verdict",
              NO_UNIT,
              "Always 1; the labels say what the trend of the memory means, and where it leaks.",
              (process, out) ->
                  process
                      .state()
                      .trend()
                      .map(trend -> verdict(process, trend))
                      .ifPresent(labels -> out.accept(process.gauge(1, labels)))),
          trend(
              "hognose_leak_slope_bytes_per_second",
              BYTES_PER_SECOND,
              "How fast the floor of the process's memory grows.",
              trend ->
                  WITHOUT_SLOPE.contains(trend.verdict())
                      ? OptionalDouble.empty()
                      : OptionalDouble.of(trend.slope().bytesPerSecond())),
          trend(
              "hognose_leak_time_to_limit_seconds",
              SECONDS,
              "Time until the process reaches its memory limit at this slope.",
              trend ->
                  trend.hoursToLimit().isPresent()
                      ? OptionalDouble.of(trend.hoursToLimit().getAsDouble() * SECONDS_PER_HOUR)
                      : OptionalDouble.empty()),
          trend(
              "hognose_leak_confidence_ratio",
              RATIO,
              "How sure the verdict is, from 0 to 1.",
              Trend::confidence),
          trend(
              "hognose_leak_peers_sharing",
              NO_UNIT,
              "Processes of the service with the same growth, this one included.",
              trend ->
                  WITHOUT_SLOPE.contains(trend.verdict())
                      ? OptionalDouble.empty()
                      : OptionalDouble.of(trend.peersSharing())));

  private VerdictFamilies() {}

  private static Family<LabelledProcess, ?> trend(
      String name, @Nullable Unit unit, String help, Function<Trend, OptionalDouble> figure) {
    return Figure.gaugeIfKnown(
        name,
        unit,
        help,
        process -> process.state().trend().map(figure).orElse(OptionalDouble.empty()));
  }

  private static Labels verdict(LabelledProcess process, Trend trend) {
    return process.with(
        "verdict",
        word(trend.verdict()),
        "where",
        trend.where().map(VerdictFamilies::word).orElse(""));
  }

  private static Labels release(LabelledProcess process) {
    String worker = process.state().started().map(Started::workerKind).orElse("");
    return process.with("version", process.sample().version(), "worker_kind", worker);
  }

  private static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
