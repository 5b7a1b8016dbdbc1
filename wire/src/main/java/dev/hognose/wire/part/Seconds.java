package dev.hognose.wire.part;

import java.time.Duration;

/** Durations as the wire has them: seconds as a double, milliseconds as an integer. */
public final class Seconds {

  private static final double NANOS = 1e9;

  /** A century: no process has run longer. */
  private static final double LONGEST = 3.2e9;

  private static final long MICROS = 1_000_000;
  private static final int NANOS_IN_MICRO = 1000;
  private static final long MOST_MICROS = 3_200_000_000L * MICROS;

  private Seconds() {}

  public static Duration toDuration(String field, double seconds) {
    if (!(seconds >= 0 && seconds < LONGEST)) {
      throw new IllegalArgumentException(field + "=" + seconds + ": expected seconds, 0 or more");
    }
    return Duration.ofNanos(Math.round(seconds * NANOS));
  }

  /** An unsigned count of microseconds. */
  public static Duration ofMicros(String field, long micros) {
    if (micros < 0 || micros > MOST_MICROS) {
      throw new IllegalArgumentException(
          field
              + "="
              + Long.toUnsignedString(micros)
              + ": expected microseconds, at most "
              + MOST_MICROS);
    }
    return Duration.ofSeconds(micros / MICROS, micros % MICROS * NANOS_IN_MICRO);
  }

  /** Rounded, as the agent does it. */
  public static long micros(Duration duration) {
    return duration.getSeconds() * MICROS
        + (duration.getNano() + NANOS_IN_MICRO / 2) / NANOS_IN_MICRO;
  }

  public static double of(Duration duration) {
    return duration.getSeconds() + duration.getNano() / NANOS;
  }

  /** Unsigned 32 bits on the wire. */
  public static Duration ofMillis(int unsigned) {
    return Duration.ofMillis(Integer.toUnsignedLong(unsigned));
  }

  /** Saturates: an unsigned 32 bit field holds 49 days. */
  public static int millis(Duration duration) {
    return (int) Math.min(duration.toMillis(), 0xFFFF_FFFFL);
  }
}
