package dev.hognose.collector.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.ScheduledExecutorScheduler;

/**
 * Closes connections whose request has not come whole in time, or whose answer is not taken.
 *
 * <p>The web server itself minds only silence: who sends or takes a byte now and then would hold a
 * connection for ever.
 */
final class SlowClients extends AbstractLifeCycle implements Connection.Listener {

  private static final Duration LOOK_EVERY = Duration.ofMillis(500);

  private final Duration longestRequest;
  private final Duration longestAnswer;
  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
  private final ScheduledExecutorScheduler timer =
      new ScheduledExecutorScheduler("hognose-http-slow", true);

  /**
   * One that watches nobody yet.
   *
   * @param longestRequest from the first byte of a request, or the beginning, to its last
   * @param longestAnswer while bytes of the answer wait to be taken
   */
  SlowClients(Duration longestRequest, Duration longestAnswer) {
    this.longestRequest = longestRequest;
    this.longestAnswer = longestAnswer;
  }

  @Override
  protected void doStart() throws Exception {
    timer.start();
    lookAgain();
  }

  @Override
  protected void doStop() throws Exception {
    timer.stop();
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof SslConnection)) {
      open.put(connection, Progress.opened(System.nanoTime()));
    }
  }

  @Override
  public void onClosed(Connection connection) {
    open.remove(connection);
  }

  private void lookAgain() {
    timer.schedule(this::look, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      long now = System.nanoTime();
      open.replaceAll((connection, progress) -> progress.seen(connection, now));
      open.forEach(
          (connection, progress) -> {
            if (isTooSlow(progress, Duration.ofNanos(now - progress.since()))) {
              connection.getEndPoint().close();
            }
          });
    } finally {
      if (isRunning()) {
        lookAgain();
      }
    }
  }

  private boolean isTooSlow(Progress progress, Duration waited) {
    return switch (progress.step()) {
      case REQUEST -> waited.compareTo(longestRequest) > 0;
      case ANSWER -> waited.compareTo(longestAnswer) > 0;
      case REST -> false;
    };
  }

  private enum Step {
    REQUEST,
    ANSWER,
    REST
  }

  /**
   * Where a connection is.
   *
   * @param requests whole ones so far
   * @param bytes that have come, as last seen
   * @param since when the step began, by the JVM's clock in nanoseconds
   */
  private record Progress(Step step, long requests, long bytes, long since) {

    /** The first request is owed from the beginning. */
    static Progress opened(long now) {
      return new Progress(Step.REQUEST, 0, 0, now);
    }

    Progress seen(Connection connection, long now) {
      long requestsNow = connection.getMessagesIn();
      boolean hasNewRequest = requestsNow != requests;
      Step next =
          isWriting(connection)
              ? Step.ANSWER
              : hasMoreBytes(connection, hasNewRequest) ? Step.REQUEST : Step.REST;
      return next == step && !hasNewRequest
          ? this
          : new Progress(next, requestsNow, connection.getBytesIn(), now);
    }

    /** Whether bytes wait for the other side to take some; whoever takes them at once has none. */
    private static boolean isWriting(Connection connection) {
      return connection.getEndPoint() instanceof AbstractEndPoint end
          && end.getWriteFlusher().isPending();
    }

    private boolean hasMoreBytes(Connection connection, boolean hasNewRequest) {
      return !hasNewRequest && (step == Step.REQUEST || connection.getBytesIn() != bytes);
    }
  }
}
