package dev.hognose.streams;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Notices that the machine's clock was set back.
 *
 * <p>Kafka Streams counts by it when to commit: until it is again where it was, nothing would be
 * told, and nobody would be told why.
 */
final class ClockWatch implements AutoCloseable {

  /** What is put right in smaller steps delays the next commit by as much, and no more. */
  static final Duration TOLERATED = Duration.ofSeconds(30);

  private static final Duration EVERY = Duration.ofSeconds(1);

  private final LongSupplier clockMs;
  private final LongSupplier elapsedMs;
  private final Consumer<Duration> listener;
  private final CountDownLatch closed = new CountDownLatch(1);
  private long aheadMs = Long.MIN_VALUE;

  /**
   * One that does not look yet.
   *
   * @param clockMs the machine's time since the epoch, which may be set
   * @param elapsedMs since any moment, by a clock that nobody sets
   * @param listener told by how much it was set back, each time
   */
  ClockWatch(LongSupplier clockMs, LongSupplier elapsedMs, Consumer<Duration> listener) {
    this.clockMs = clockMs;
    this.elapsedMs = elapsedMs;
    this.listener = listener;
  }

  /** Of this machine's clock. */
  static ClockWatch ofMachine(Consumer<Duration> listener) {
    return new ClockWatch(
        System::currentTimeMillis,
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()),
        listener);
  }

  /** Looks once a second from now on. */
  void start() {
    Thread thread = new Thread(this::lookUntilClosed, "hognose-clock");
    thread.setDaemon(true);
    thread.start();
  }

  private void lookUntilClosed() {
    try {
      do {
        look();
      } while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException ended) {
      Thread.currentThread().interrupt();
    }
  }

  void look() {
    long nowAheadMs = clockMs.getAsLong() - elapsedMs.getAsLong();
    long backMs = aheadMs - nowAheadMs;
    if (aheadMs != Long.MIN_VALUE && backMs > TOLERATED.toMillis()) {
      aheadMs = nowAheadMs;
      listener.accept(Duration.ofMillis(backMs));
    } else {
      aheadMs = Math.max(aheadMs, nowAheadMs);
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
