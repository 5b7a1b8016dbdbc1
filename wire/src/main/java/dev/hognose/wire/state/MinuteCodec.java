package dev.hognose.wire.state;

import dev.hognose.service.LoopTime;
import dev.hognose.service.Waits;
import dev.hognose.wire.part.HistogramCodec;
import java.time.Duration;

/** Figures of a minute within states: nanoseconds, so that adding them up is exact. */
final class MinuteCodec {

  private MinuteCodec() {}

  static Waits read(dev.hognose.state.v1.Waits m) {
    return new Waits(
        Duration.ofNanos(m.getGilNs()),
        Duration.ofNanos(m.getGcNs()),
        Duration.ofNanos(m.getRunqueueNs()),
        Duration.ofNanos(m.getThrottledNs()));
  }

  static dev.hognose.state.v1.Waits write(Waits waits) {
    return dev.hognose.state.v1.Waits.newBuilder()
        .setGilNs(nanos(waits.gil()))
        .setGcNs(nanos(waits.gc()))
        .setRunqueueNs(nanos(waits.runQueue()))
        .setThrottledNs(nanos(waits.throttled()))
        .build();
  }

  static LoopTime read(dev.hognose.state.v1.LoopTime m) {
    return new LoopTime(
        Duration.ofNanos(m.getWatchedNs()),
        HistogramCodec.read(m.getLag()),
        Duration.ofNanos(m.getLateNs()),
        Duration.ofNanos(m.getBlockedNs()),
        Duration.ofNanos(m.getExcessNs()));
  }

  static dev.hognose.state.v1.LoopTime write(LoopTime time) {
    return dev.hognose.state.v1.LoopTime.newBuilder()
        .setWatchedNs(nanos(time.watched()))
        .setLag(HistogramCodec.write(time.lag()))
        .setLateNs(nanos(time.late()))
        .setBlockedNs(nanos(time.blocked()))
        .setExcessNs(nanos(time.excess()))
        .build();
  }

  /** Saturates: 64 bits hold 292 years, and sums over a fleet may be longer. */
  static long nanos(Duration duration) {
    return duration.compareTo(Duration.ofNanos(Long.MAX_VALUE)) >= 0
        ? Long.MAX_VALUE
        : duration.toNanos();
  }
}
