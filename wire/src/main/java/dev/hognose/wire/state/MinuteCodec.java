package dev.hognose.wire.state;

import dev.hognose.packed.PackedDuration;
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
        .setGilNs(PackedDuration.nanos(waits.gil()))
        .setGcNs(PackedDuration.nanos(waits.gc()))
        .setRunqueueNs(PackedDuration.nanos(waits.runQueue()))
        .setThrottledNs(PackedDuration.nanos(waits.throttled()))
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
        .setWatchedNs(PackedDuration.nanos(time.watched()))
        .setLag(HistogramCodec.write(time.lag()))
        .setLateNs(PackedDuration.nanos(time.late()))
        .setBlockedNs(PackedDuration.nanos(time.blocked()))
        .setExcessNs(PackedDuration.nanos(time.excess()))
        .build();
  }
}
