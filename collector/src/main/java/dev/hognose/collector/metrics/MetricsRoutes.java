package dev.hognose.collector.metrics;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics}. */
public final class MetricsRoutes {

  private static final Logger LOG = LoggerFactory.getLogger(MetricsRoutes.class);

  private final Scrape scrape;
  private final OpenAnswers open;

  /**
   * Serves the fleet's series and our own.
   *
   * @param own what this program measures of itself
   */
  public MetricsRoutes(FleetMetrics fleet, PrometheusMeterRegistry own) {
    this.scrape = new Scrape(fleet, own);
    this.open = new OpenAnswers(own);
  }

  public Map<String, Handler> handlers() {
    return Map.of("/metrics", this::metrics);
  }

  private void metrics(Context context) {
    @Nullable String accept = context.header("Accept");
    ExpositionFormatWriter format = Scrape.format(accept);
    context.contentType(format.getContentType());
    Runnable abort = connection(context)::close;
    open.begin(abort);
    try {
      scrape.write(format, accept, context.outputStream());
    } catch (IOException gone) {
      // The scraper's business, or ours with one that does not read; either way it will ask again.
      LOG.debug("a scrape was not taken to its end", gone);
    } finally {
      open.end(abort);
    }
  }

  private static EndPoint connection(Context context) {
    return ServletContextRequest.getServletContextRequest(context.req())
        .getConnectionMetaData()
        .getConnection()
        .getEndPoint();
  }
}
