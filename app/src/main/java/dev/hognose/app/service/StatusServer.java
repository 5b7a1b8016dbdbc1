package dev.hognose.app.service;

import dev.hognose.collector.http.HealthRoutes;
import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.http.WebServer;
import dev.hognose.settings.SettingException;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** {@code /metrics}, {@code /healthz} and {@code /readyz} of a program without a page. */
final class StatusServer implements AutoCloseable {

  static final int DEFAULT_PORT = 9465;

  private final PrometheusMeterRegistry registry;
  private final WebServer web;

  /**
   * One that does not listen yet.
   *
   * @throws SettingException when a file that the settings name cannot be used
   */
  StatusServer(HttpSettings settings, PrometheusMeterRegistry registry, HealthRoutes health) {
    this.registry = registry;
    Map<String, Handler> handlers = new HashMap<>(health.handlers());
    handlers.put("/metrics", this::metrics);
    this.web = new WebServer(settings, handlers, registry);
  }

  /**
   * Listens.
   *
   * @throws SettingException when it cannot at this address
   */
  void start() {
    web.start();
  }

  int port() {
    return web.port();
  }

  @Override
  public void close() {
    web.close();
  }

  private void metrics(Context context) {
    String accepted = Optional.ofNullable(context.header("Accept")).orElse("text/plain");
    context.contentType(contentType(accepted)).result(registry.scrape(contentType(accepted)));
  }

  /** Of the two text formats the one that is asked for. */
  private static String contentType(String accepted) {
    return accepted.contains("application/openmetrics-text")
        ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
        : "text/plain; version=0.0.4; charset=utf-8";
  }
}
