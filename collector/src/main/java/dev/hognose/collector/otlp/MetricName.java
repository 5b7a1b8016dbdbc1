package dev.hognose.collector.otlp;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a family is called here, and its unit in UCUM.
 *
 * <p>Where the conventions know no name it is ours without the unit, which OpenTelemetry keeps
 * beside the name: an exporter to Prometheus puts it there again, and {@code _total} too.
 */
record MetricName(String name, String unit) {

  private static final Map<String, String> UCUM =
      Map.of("seconds", "s", "bytes", "By", "ratio", "1", "bytes_per_second", "By/s");

  static MetricName of(MetricMetadata family) {
    return Convention.of(family.getName())
        .map(convention -> new MetricName(convention.metric(), convention.unit()))
        .orElseGet(() -> ours(family));
  }

  private static MetricName ours(MetricMetadata family) {
    @Nullable Unit unit = family.getUnit();
    String suffix = unit == null ? "" : unit.toString();
    String name = family.getName();
    return new MetricName(
        suffix.isEmpty() || !name.endsWith("_" + suffix)
            ? name
            : name.substring(0, name.length() - suffix.length() - 1),
        UCUM.getOrDefault(suffix, suffix));
  }
}
