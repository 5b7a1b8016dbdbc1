package dev.hognose.collector.metrics;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One answer to Prometheus: the fleet's series and our own, in the format that it asks for. Native
 * histograms are in the one that has room for them, beside the classic ones.
 */
final class Scrape {

  private static final Logger LOG = LoggerFactory.getLogger(Scrape.class);
  private static final ExpositionFormats FORMATS = ExpositionFormats.init();

  private final MultiCollector fleet;
  private final PrometheusMeterRegistry own;
  private final Set<String> leftOut = ConcurrentHashMap.newKeySet();

  Scrape(MultiCollector fleet, PrometheusMeterRegistry own) {
    this.fleet = fleet;
    this.own = own;
  }

  /** The best format that an Accept header allows; text when it allows none of ours. */
  static ExpositionFormatWriter format(@Nullable String accept) {
    return FORMATS.findWriter(accept);
  }

  /**
   * Writes every series as of now.
   *
   * <p>What is written is of one moment, however slowly it is taken.
   *
   * @throws IOException when {@code body} takes no more
   */
  void write(ExpositionFormatWriter format, @Nullable String accept, OutputStream body)
      throws IOException {
    MetricSnapshots all = everything();
    format.write(
        body,
        format == FORMATS.getPrometheusProtobufWriter() ? NativeHistograms.beside(all) : all,
        EscapingScheme.fromAcceptHeader(accept));
  }

  private MetricSnapshots everything() {
    MetricSnapshots ofFleet = fleet.collect();
    Map<String, MetricSnapshot> byName =
        ofFleet.stream()
            .collect(
                Collectors.toMap(
                    family -> family.getMetadata().getPrometheusName(), Function.identity()));
    List<MetricSnapshot> all = new ArrayList<>(byName.values());
    for (MetricSnapshot family : own.getPrometheusRegistry().scrape()) {
      @Nullable MetricSnapshot same = byName.get(family.getMetadata().getPrometheusName());
      all.addAll(same == null ? List.of(family) : beside(same, family));
    }
    return new MetricSnapshots(all);
  }

  /**
   * Our own series of a name that the fleet has, too: both are of one family when they are of one
   * type. Else ours are left out, for a family of two types would spoil the whole scrape.
   */
  private List<MetricSnapshot> beside(MetricSnapshot fleets, MetricSnapshot ours) {
    if (fleets instanceof GaugeSnapshot && ours instanceof GaugeSnapshot gauge) {
      return List.of(new GaugeSnapshot(fleets.getMetadata(), gauge.getDataPoints()));
    }
    if (fleets instanceof CounterSnapshot && ours instanceof CounterSnapshot counter) {
      return List.of(new CounterSnapshot(fleets.getMetadata(), counter.getDataPoints()));
    }
    if (leftOut.add(ours.getMetadata().getPrometheusName())) {
      LOG.warn(
          "own metric {} left out: expected the fleet's type {}, it is {}",
          ours.getMetadata().getPrometheusName(),
          fleets.getClass().getSimpleName(),
          ours.getClass().getSimpleName());
    }
    return List.of();
  }
}
