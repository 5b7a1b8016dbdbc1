import io.javalin.Javalin;
import io.javalin.compression.CompressionStrategy;
import io.javalin.compression.Gzip;
import io.javalin.http.Handler;
import java.util.Map;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** Serves all who are compared, with the collector's settings. */
record Server(Javalin javalin) implements AutoCloseable {

  static final String THREADS = "scraped";

  Server(Map<String, Handler> arms) {
    this(
        Javalin.create(
                config -> {
                  QueuedThreadPool threads = new QueuedThreadPool(8, 8);
                  threads.setName(THREADS);
                  config.jetty.threadPool = threads;
                  config.startup.showJavalinBanner = false;
                  config.http.compressionStrategy =
                      new CompressionStrategy(null, new Gzip(1));
                  arms.forEach((name, arm) -> config.routes.get("/" + name, arm));
                })
            .start("127.0.0.1", 0));
  }

  int port() {
    return javalin.port();
  }

  @Override
  public void close() {
    javalin.stop();
  }
}
