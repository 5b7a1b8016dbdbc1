package dev.hognose.wire;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.wire.part.Seconds;
import dev.hognose.wire.part.StackCodec;
import java.time.Duration;

/** The message {@code AllocationGrowth} of telemetry.proto. */
final class AllocationGrowthCodec {

  private AllocationGrowthCodec() {}

  private static final double NANOS_PER_MS = 1e6;

  static AllocationGrowth read(dev.hognose.v1.AllocationGrowth m) {
    return new AllocationGrowth(
        Seconds.ofMillis(m.getWindowMs()),
        Seconds.toDuration("predicted_pause_ms", m.getPredictedPauseMs() / 1000),
        Seconds.toDuration("pause_ms", m.getPauseMs() / 1000),
        m.getSitesList().stream().map(StackCodec::readSite).toList(),
        m.getCut());
  }

  static dev.hognose.v1.AllocationGrowth write(AllocationGrowth growth) {
    return dev.hognose.v1.AllocationGrowth.newBuilder()
        .setWindowMs(Seconds.millis(growth.window()))
        .setPredictedPauseMs(fractionalMillis(growth.predictedPause()))
        .setPauseMs(fractionalMillis(growth.pause()))
        .addAllSites(growth.sites().stream().map(StackCodec::write).toList())
        .setCut(growth.cut())
        .build();
  }

  private static double fractionalMillis(Duration duration) {
    return duration.toNanos() / NANOS_PER_MS;
  }
}
