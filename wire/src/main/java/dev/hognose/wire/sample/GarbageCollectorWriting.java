package dev.hognose.wire.sample;

import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.GarbageCollector.Generation;
import dev.hognose.sample.GarbageCollector.Mode;

/** CPython's cyclic collector within a sample; the other way is {@link GarbageCollectorReading}. */
final class GarbageCollectorWriting {

  private GarbageCollectorWriting() {}

  static dev.hognose.v2.GarbageCollector write(GarbageCollector gc) {
    dev.hognose.v2.GarbageCollector.Builder m =
        dev.hognose.v2.GarbageCollector.newBuilder()
            .addAllPauseUs(PackedHistogram.write(gc.pause()))
            .setFrozen(gc.frozen())
            .setGarbage(gc.garbage());
    for (Generation generation : gc.generations()) {
      boolean isYoungest = m.getGenerationCount() == 0;
      dev.hognose.v2.GarbageCollector.Generation.Builder one =
          m.addGenerationBuilder()
              .setCollectionsTotal(generation.collections())
              .setCollectedTotal(generation.collected())
              .setUncollectableTotal(generation.uncollectable());
      generation
          .pause()
          .filter(pause -> !isYoungest)
          .ifPresent(pause -> one.addAllPauseUs(PackedHistogram.write(pause)));
    }
    if (gc.mode() != Mode.UNKNOWN) {
      m.setEnabled(gc.mode() == Mode.ENABLED);
    }
    return m.build();
  }
}
