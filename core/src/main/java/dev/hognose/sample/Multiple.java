package dev.hognose.sample;

import java.time.Duration;

/**
 * A duration so many times over. {@link Duration#multipliedBy} does it with a {@code BigDecimal},
 * and each sample asks a dozen times how long its process may say nothing.
 */
public final class Multiple {

  private Multiple() {}

  /**
   * The same that {@link Duration#multipliedBy} answers.
   *
   * @throws ArithmeticException for one that is longer than there are durations
   */
  public static Duration of(Duration duration, int times) {
    return Duration.ofSeconds(
        Math.multiplyExact(duration.getSeconds(), times), (long) duration.getNano() * times);
  }
}
