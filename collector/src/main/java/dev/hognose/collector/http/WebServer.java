package dev.hognose.collector.http;

import static java.util.concurrent.TimeUnit.NANOSECONDS;

import dev.hognose.settings.SettingException;
import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HttpStatus;
import io.javalin.router.Endpoint;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.TreeMap;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves the views over HTTP. Everything can be read, nothing changed; what cannot be answered is
 * refused in one sentence that says nothing about the server.
 *
 * <p>Who is not let in sees two things: whether this lives, and whether it is ready.
 */
public final class WebServer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);

  private static final int MOST_THREADS = 24;
  private static final int FEWEST_THREADS = 4;
  private static final String STARTED_NANOS = "hognose.started";

  private final HttpSettings settings;
  private final Gate gate;
  private final Door door;
  private final Map<String, Handler> handlers;
  private final MeterRegistry registry;
  private final Javalin javalin;

  /**
   * One that does not listen yet.
   *
   * @param handlers what answers, by path
   * @throws SettingException when a file that the settings name cannot be used
   */
  public WebServer(HttpSettings settings, Map<String, Handler> handlers, MeterRegistry registry) {
    this(settings, new Door(settings), handlers, registry);
  }

  WebServer(
      HttpSettings settings, Door door, Map<String, Handler> handlers, MeterRegistry registry) {
    this.settings = settings;
    this.gate = new Gate(settings);
    this.door = door;
    this.handlers = new TreeMap<>(handlers);
    this.registry = registry;
    this.javalin = Javalin.create(this::configure);
  }

  /**
   * Listens.
   *
   * @throws SettingException when it cannot at this address
   */
  public void start() {
    new HttpAddress(settings.host(), settings.port()).check();
    javalin.start();
    if (!settings.isGuarded()
        && !new InetSocketAddress(settings.host(), 0).getAddress().isLoopbackAddress()) {
      LOG.warn(
          "{}:{} is open to all who reach it: HOGNOSE_HTTP_USERS or HOGNOSE_HTTP_TOKENS guard it",
          settings.host(),
          port());
    }
  }

  public int port() {
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
    config.jetty.addConnector(door::connector);
    config.jetty.modifyServer(
        server -> {
          server.setErrorHandler(Refusal::ofUnreadableRequest);
          door.limit(server);
        });
    // Of a large scrape the lowest level takes away nearly as much, in a fraction of the time.
    config.http.compressionStrategy = new CompressionStrategy(null, new Gzip(1));
    config.routes.before(this::begin);
    handlers.forEach(
        (path, handler) ->
            Gate.READING.forEach(method -> config.routes.addHttpHandler(method, path, handler)));
    config.routes.error(HttpStatus.NOT_FOUND, this::refuseUnknownPath);
    config.routes.exception(Exception.class, WebServer::refuseAfterFailure);
    config.routes.after(this::measure);
  }

  private void begin(Context context) {
    context.attribute(STARTED_NANOS, System.nanoTime());
    SecurityHeaders.of(settings).forEach(context::header);
    gate.refusal(context)
        .ifPresent(
            refusal -> {
              refusal.answer(context);
              context.skipRemainingHandlers();
            });
  }

  private void refuseUnknownPath(Context context) {
    if (context.endpoints().matchedHttpEndpoint() == null) {
      new Refusal(HttpStatus.NOT_FOUND, "no such page: expected one of " + handlers.keySet())
          .answer(context);
    }
  }

  private static void refuseAfterFailure(Exception failure, Context context) {
    LOG.error("{} failed", context.path(), failure);
    new Refusal(
            HttpStatus.INTERNAL_SERVER_ERROR, "this failed here: the log of this program says why")
        .answer(context);
  }

  private void measure(Context context) {
    Endpoint endpoint = context.endpoints().matchedHttpEndpoint();
    Long started = context.attribute(STARTED_NANOS);
    Timer.builder("hognose.http.requests")
        .description("HTTP requests answered, by path and status")
        .tag("path", endpoint == null ? "none" : endpoint.path)
        .tag("status", Integer.toString(context.statusCode()))
        .register(registry)
        .record(System.nanoTime() - (started == null ? System.nanoTime() : started), NANOSECONDS);
  }
}
