package dev.hognose.packed;

import java.nio.ByteBuffer;
import java.time.Duration;

/** Durations, none below zero, as whole nanoseconds. */
public final class PackedDuration {

  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);

  private PackedDuration() {}

  public static void put(Packer out, Duration duration) {
    Varint.put(out, nanos(duration));
  }

  public static Duration get(ByteBuffer in) {
    return Duration.ofNanos(Varint.get(in));
  }

  /** Saturates: 64 bits hold 292 years, and sums over a fleet may be longer. */
  public static long nanos(Duration duration) {
    return duration.compareTo(LONGEST) >= 0 ? Long.MAX_VALUE : duration.toNanos();
  }
}
