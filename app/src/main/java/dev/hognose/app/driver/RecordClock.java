package dev.hognose.app.driver;

import java.time.Duration;
import java.util.function.Supplier;
import org.apache.kafka.common.utils.Time;

/** The time that the records make: it stands still until it is set on. */
final class RecordClock implements Time {

  private long nowMs;

  RecordClock(long nowMs) {
    this.nowMs = nowMs;
  }

  void advance(Duration by) {
    nowMs += by.toMillis();
  }

  @Override
  public long milliseconds() {
    return nowMs;
  }

  @Override
  public long nanoseconds() {
    return nowMs * 1_000_000;
  }

  @Override
  public void sleep(long ms) {
    throw new UnsupportedOperationException("nobody waits in the records' time");
  }

  @Override
  public void waitObject(Object object, Supplier<Boolean> condition, long deadlineMs) {
    throw new UnsupportedOperationException("nobody waits in the records' time");
  }
}
