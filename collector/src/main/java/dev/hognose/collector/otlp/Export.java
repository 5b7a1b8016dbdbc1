package dev.hognose.collector.otlp;

import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.InstrumentationScope;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.ResourceMetrics;
import io.opentelemetry.proto.metrics.v1.ScopeMetrics;
import io.opentelemetry.proto.resource.v1.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/** The message of one process, or of one service, while it is put together. */
final class Export {

  private static final InstrumentationScope SCOPE =
      InstrumentationScope.newBuilder().setName("dev.hognose").build();

  private final Resource.Builder resource;
  private final Map<String, Metric.Builder> metrics = new LinkedHashMap<>();

  Export(Resource.Builder resource) {
    this.resource = resource;
  }

  /** Says something of the process itself; what is empty is not known. */
  void attribute(String key, String value) {
    if (!value.isEmpty()) {
      resource.addAttributes(Attributes.text(key, value));
    }
  }

  /** A metric by its name; families that the conventions take for one share it. */
  Metric.Builder metric(MetricName named, String help) {
    return metrics.computeIfAbsent(
        named.name(),
        name -> Metric.newBuilder().setName(name).setUnit(named.unit()).setDescription(help));
  }

  ExportMetricsServiceRequest request() {
    ScopeMetrics.Builder scope = ScopeMetrics.newBuilder().setScope(SCOPE);
    metrics.values().forEach(scope::addMetrics);
    return ExportMetricsServiceRequest.newBuilder()
        .addResourceMetrics(
            ResourceMetrics.newBuilder().setResource(resource).addScopeMetrics(scope))
        .build();
  }
}
