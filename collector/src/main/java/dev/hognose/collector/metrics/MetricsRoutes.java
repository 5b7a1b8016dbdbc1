package dev.hognose.collector.metrics;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /metrics}. */
public final class MetricsRoutes {

  private final Scrape scrape;

  /**
   * Serves the fleet's series and our own.
   *
   * @param own what this program measures of itself
   */
  public MetricsRoutes(FleetMetrics fleet, PrometheusMeterRegistry own) {
    this.scrape = new Scrape(fleet, own);
  }

  public Map<String, Handler> handlers() {
    return Map.of("/metrics", this::metrics);
  }

  private void metrics(Context context) throws IOException {
    @Nullable String accept = context.header("Accept");
    ExpositionFormatWriter format = Scrape.format(accept);
    context.contentType(format.getContentType());
    scrape.write(format, accept, context.outputStream());
  }
}
