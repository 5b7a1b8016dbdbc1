package dev.hognose.collector.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The fleet's series as OTLP: a message for each process, and for each service as a whole.
 *
 * <p>A pure function of what a scrape would show. Releases and interpreters become attributes of
 * the process; a histogram of one minute, which OTLP has no word for, is left out, and so is CPU
 * time as a whole, which the conventions tell by mode.
 */
final class Exports {

  private static final String RELEASE = "hognose_process";
  private static final String INTERPRETER = "python";
  private static final Set<String> LEFT_OUT = Set.of("process_cpu_seconds");

  private final Instant at;
  private final String teller;
  private final Map<Subject, Export> exports = new LinkedHashMap<>();

  private Exports(Instant at, String teller) {
    this.at = at;
    this.teller = teller;
  }

  /**
   * By whose figures they are.
   *
   * @param teller the name of the collector that tells them
   */
  static Map<Subject, ExportMetricsServiceRequest> of(
      MetricSnapshots families, Instant at, String teller) {
    Exports exports = new Exports(at, teller);
    families.stream().forEach(exports::add);
    Map<Subject, ExportMetricsServiceRequest> requests = new LinkedHashMap<>();
    exports.exports.forEach((subject, export) -> requests.put(subject, export.request()));
    return requests;
  }

  private void add(MetricSnapshot family) {
    if (LEFT_OUT.contains(family.getMetadata().getName())) {
      return;
    }
    FamilyPoints points = new FamilyPoints(family.getMetadata(), at);
    if (family instanceof GaugeSnapshot gauge) {
      gauge.getDataPoints().forEach(point -> points.gauge(point, export(point)));
    } else if (family instanceof CounterSnapshot counter) {
      counter.getDataPoints().forEach(point -> points.counter(point, export(point)));
    } else if (family instanceof HistogramSnapshot histogram && !histogram.isGaugeHistogram()) {
      histogram.getDataPoints().forEach(point -> points.histogram(point, export(point)));
    } else if (family instanceof InfoSnapshot info) {
      info.getDataPoints().forEach(point -> info(family, point, points));
    }
  }

  private void info(MetricSnapshot family, DataPointSnapshot point, FamilyPoints points) {
    switch (family.getMetadata().getName()) {
      case RELEASE -> export(point).attribute("service.version", point.getLabels().get("version"));
      case INTERPRETER ->
          export(point).attribute("process.runtime.version", point.getLabels().get("version"));
      default -> points.one(point, export(point));
    }
  }

  private Export export(DataPointSnapshot point) {
    return exports.computeIfAbsent(
        Subject.of(point.getLabels()), subject -> new Export(subject.resource(teller)));
  }
}
