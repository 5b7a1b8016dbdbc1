package dev.hognose.wire.sample;

import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.GarbageCollector.Generation;
import dev.hognose.sample.GarbageCollector.Mode;
import dev.hognose.sample.Histogram;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * CPython's cyclic collector within a sample of the first form.
 *
 * <p>Pauses of the youngest generation are not on the wire: they are what those of all have beyond
 * those of the others.
 */
final class FirstGarbageCollectorReading {

  private FirstGarbageCollectorReading() {}

  static GarbageCollector read(dev.hognose.v1.GarbageCollector m) {
    Histogram pause = FirstHistogramReading.read(m.getPauseSeconds());
    return new GarbageCollector(
        readGenerations(m.getGenerationList(), pause),
        pause,
        m.getFrozen(),
        m.getGarbage(),
        readMode(m));
  }

  private static List<Generation> readGenerations(
      List<dev.hognose.v1.GarbageCollector.Generation> generations, Histogram ofAll) {
    return IntStream.range(0, generations.size())
        .mapToObj(
            i -> {
              dev.hognose.v1.GarbageCollector.Generation m = generations.get(i);
              return new Generation(
                  m.getCollectionsTotal(),
                  m.getCollectedTotal(),
                  m.getUncollectableTotal(),
                  i == 0 ? youngest(generations, ofAll) : pause(m));
            })
        .toList();
  }

  private static Optional<Histogram> pause(dev.hognose.v1.GarbageCollector.Generation m) {
    return m.hasPauseSeconds()
        ? Optional.of(FirstHistogramReading.read(m.getPauseSeconds()))
        : Optional.empty();
  }

  private static Optional<Histogram> youngest(
      List<dev.hognose.v1.GarbageCollector.Generation> generations, Histogram ofAll) {
    // What it says of itself is nothing that an agent writes, and would be lost when written again.
    return generations.stream()
        .skip(1)
        .map(FirstGarbageCollectorReading::pause)
        .flatMap(Optional::stream)
        .reduce(Histogram::plus)
        .map(ofAll::since);
  }

  private static Mode readMode(dev.hognose.v1.GarbageCollector m) {
    if (!m.hasEnabled()) {
      return Mode.UNKNOWN;
    }
    return m.getEnabled() ? Mode.ENABLED : Mode.DISABLED;
  }
}
