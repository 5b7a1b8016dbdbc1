package dev.hognose.wire;

import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.GarbageCollector.Mode;

/** The garbage collector within a sample. */
final class GarbageCollectorCodec {

  private GarbageCollectorCodec() {}

  static GarbageCollector read(dev.hognose.v1.GarbageCollector m) {
    return new GarbageCollector(
        m.getGenerationList().stream().map(GarbageCollectorCodec::readGeneration).toList(),
        HistogramCodec.read(m.getPauseSeconds()),
        m.getFrozen(),
        m.getGarbage(),
        readMode(m));
  }

  private static GarbageCollector.Generation readGeneration(
      dev.hognose.v1.GarbageCollector.Generation m) {
    return new GarbageCollector.Generation(
        m.getCollectionsTotal(), m.getCollectedTotal(), m.getUncollectableTotal());
  }

  private static Mode readMode(dev.hognose.v1.GarbageCollector m) {
    if (!m.hasEnabled()) {
      return Mode.UNKNOWN;
    }
    return m.getEnabled() ? Mode.ENABLED : Mode.DISABLED;
  }

  static dev.hognose.v1.GarbageCollector write(GarbageCollector gc) {
    dev.hognose.v1.GarbageCollector.Builder m =
        dev.hognose.v1.GarbageCollector.newBuilder()
            .setPauseSeconds(HistogramCodec.write(gc.pause()))
            .setFrozen(gc.frozen())
            .setGarbage(gc.garbage());
    gc.generations()
        .forEach(
            generation ->
                m.addGenerationBuilder()
                    .setCollectionsTotal(generation.collections())
                    .setCollectedTotal(generation.collected())
                    .setUncollectableTotal(generation.uncollectable()));
    if (gc.mode() != Mode.UNKNOWN) {
      m.setEnabled(gc.mode() == Mode.ENABLED);
    }
    return m.build();
  }
}
