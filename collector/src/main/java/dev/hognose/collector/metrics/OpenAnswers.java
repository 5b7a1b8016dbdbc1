package dev.hognose.collector.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * The scrapes that are being taken now. A scraper that does not read holds a thread and what it was
 * given to read; so only so many are open at once, and the oldest gives way to a new one.
 */
final class OpenAnswers {

  /** A few replicas of Prometheus at once, and far fewer than the server has threads. */
  static final int MOST = 8;

  private final Deque<Runnable> oldestFirst = new ArrayDeque<>();
  private final Counter gaveWay;

  OpenAnswers(MeterRegistry registry) {
    gaveWay =
        Counter.builder("hognose.collector.scrapes.aborted")
            .description("Scrapes that were taken too slowly and gave way to others")
            .register(registry);
  }

  /**
   * Begins one.
   *
   * @param abort cuts it off, from another thread; closing what is closed does nothing
   */
  void begin(Runnable abort) {
    makeRoomFor(abort).ifPresent(Runnable::run);
  }

  private synchronized Optional<Runnable> makeRoomFor(Runnable abort) {
    oldestFirst.addLast(abort);
    if (oldestFirst.size() <= MOST) {
      return Optional.empty();
    }
    gaveWay.increment();
    return Optional.of(oldestFirst.removeFirst());
  }

  /** Ends one, whether or not it was cut off. */
  synchronized void end(Runnable abort) {
    oldestFirst.remove(abort);
  }
}
