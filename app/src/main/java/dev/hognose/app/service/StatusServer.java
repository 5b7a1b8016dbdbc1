package dev.hognose.app.service;

import dev.hognose.settings.SettingException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import io.javalin.util.JavalinException;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics}, {@code /healthz} and {@code /readyz} of a program without a page. */
final class StatusServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(StatusServer.class);
  private static final int MOST_THREADS = 8;
  private static final int FEWEST_THREADS = 2;

  private final StatusSettings settings;
  private final PrometheusMeterRegistry registry;
  private final BooleanSupplier ready;
  private final Javalin javalin;

  StatusServer(StatusSettings settings, PrometheusMeterRegistry registry, BooleanSupplier ready) {
    this.settings = settings;
    this.registry = registry;
    this.ready = ready;
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Listens.
   *
   * @throws SettingException when it cannot at this address
   */
  void start() {
    try {
      javalin.start(settings.host(), settings.port());
    } catch (JavalinException refused) {
      throw new SettingException(
          "HOGNOSE_HTTP_HOST="
              + settings.host()
              + ", HOGNOSE_HTTP_PORT="
              + settings.port()
              + ": "
              + reason(refused)
              + ", expected a free port of this machine");
    }
  }

  int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.startup.showOldJavalinVersionWarning = false;
    config.startup.startupWatcherEnabled = false;
    QueuedThreadPool threads = new QueuedThreadPool(MOST_THREADS, FEWEST_THREADS);
    threads.setName("hognose-http");
    config.jetty.threadPool = threads;
    config.routes.get("/metrics", this::metrics);
    config.routes.get("/healthz", context -> answer(context, true));
    config.routes.get("/readyz", context -> answer(context, ready.getAsBoolean()));
    config.routes.exception(Exception.class, StatusServer::refuseAfterFailure);
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

  private static void answer(Context context, boolean well) {
    context
        .status(well ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .result(well ? "ok\n" : "not ready\n");
  }

  private static void refuseAfterFailure(Exception failure, Context context) {
    LOG.error("{} failed", context.path(), failure);
    context
        .status(HttpStatus.INTERNAL_SERVER_ERROR)
        .result("this failed here: the log of this program says why\n");
  }

  private static String reason(Throwable refused) {
    Throwable root = refused;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return String.valueOf(root.getMessage());
  }
}
