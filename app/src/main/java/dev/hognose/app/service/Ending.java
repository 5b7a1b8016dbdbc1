package dev.hognose.app.service;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns Ctrl-C and SIGTERM into a wish: the JVM stays until whoever holds this has closed it, or
 * the patience of those who stop programs is at its end.
 */
public final class Ending implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMillis(9_500);

  private final CountDownLatch wished = new CountDownLatch(1);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Thread hook = new Thread(this::hold, "ending");
  private volatile Optional<Throwable> failure = Optional.empty();

  public Ending() {
    Runtime.getRuntime().addShutdownHook(hook);
  }

  public boolean isWished() {
    return wished.getCount() == 0;
  }

  /** Something that cannot be mended is a reason to end, too. Safe from any thread. */
  public void because(Throwable reason) {
    failure = Optional.of(reason);
    wished.countDown();
  }

  /** Why the end is wished, when that is a failure. */
  public Optional<Throwable> failure() {
    return failure;
  }

  /** Waits until the end is wished; tells the failure when that is why. */
  public Optional<Throwable> await() {
    try {
      wished.await();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    return failure();
  }

  /** Waits a while; whether the end is wished. */
  public boolean isWishedWithin(Duration time) {
    try {
      return wished.await(time.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** Everything is in order: the JVM may end. */
  @Override
  public void close() {
    closed.countDown();
    if (!isWished()) {
      try {
        Runtime.getRuntime().removeShutdownHook(hook);
      } catch (IllegalStateException alreadyEnding) {
        // Then the hook has been let go above.
      }
    }
  }

  private void hold() {
    wished.countDown();
    try {
      closed.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
