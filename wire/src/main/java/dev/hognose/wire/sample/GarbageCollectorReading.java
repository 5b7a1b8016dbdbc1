package dev.hognose.wire.sample;

import com.google.protobuf.WireFormat;
import dev.hognose.sample.GarbageCollector.Mode;
import dev.hognose.sample.Histogram;
import dev.hognose.v2.GarbageCollector;
import dev.hognose.v2.GarbageCollector.Generation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * CPython's cyclic collector within a sample.
 *
 * <p>Pauses of the youngest generation are not on the wire: they are what those of all have beyond
 * those of the others.
 */
final class GarbageCollectorReading implements SampleFields.Message {

  private final SampleNumbers numbers = new SampleNumbers(GarbageCollector.ENABLED_FIELD_NUMBER);
  private final PackedHistogram pause = new PackedHistogram();
  private final List<OneGeneration> generations = new ArrayList<>(3);

  /** One of them. */
  private static final class OneGeneration implements SampleFields.Message {

    private final SampleNumbers numbers =
        new SampleNumbers(Generation.UNCOLLECTABLE_TOTAL_FIELD_NUMBER);
    private final PackedHistogram pause = new PackedHistogram();

    @Override
    public boolean take(int tag, SampleFields from) throws IOException {
      return WireFormat.getTagFieldNumber(tag) == Generation.PAUSE_US_FIELD_NUMBER
          ? pause.take(tag, from)
          : numbers.take(tag, from);
    }

    Optional<Histogram> pause() {
      return pause.isTold() ? Optional.of(pause.read()) : Optional.empty();
    }

    dev.hognose.sample.GarbageCollector.Generation read(Optional<Histogram> paused) {
      return new dev.hognose.sample.GarbageCollector.Generation(
          numbers.of(Generation.COLLECTIONS_TOTAL_FIELD_NUMBER),
          numbers.of(Generation.COLLECTED_TOTAL_FIELD_NUMBER),
          numbers.of(Generation.UNCOLLECTABLE_TOTAL_FIELD_NUMBER),
          paused);
    }
  }

  @Override
  public boolean take(int tag, SampleFields from) throws IOException {
    switch (WireFormat.getTagFieldNumber(tag)) {
      case GarbageCollector.PAUSE_US_FIELD_NUMBER -> {
        return pause.take(tag, from);
      }
      case GarbageCollector.GENERATION_FIELD_NUMBER -> {
        if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
          return false;
        }
        from.nested(generations, new OneGeneration());
        return true;
      }
      default -> {
        return numbers.take(tag, from);
      }
    }
  }

  dev.hognose.sample.GarbageCollector read() {
    Histogram ofAll = pause.read();
    return new dev.hognose.sample.GarbageCollector(
        readGenerations(ofAll),
        ofAll,
        numbers.of(GarbageCollector.FROZEN_FIELD_NUMBER),
        numbers.of(GarbageCollector.GARBAGE_FIELD_NUMBER),
        readMode());
  }

  private List<dev.hognose.sample.GarbageCollector.Generation> readGenerations(Histogram ofAll) {
    List<dev.hognose.sample.GarbageCollector.Generation> read = new ArrayList<>(generations.size());
    Optional<Histogram> ofOlder = Optional.empty();
    for (int i = 1; i < generations.size(); i++) {
      Optional<Histogram> own = generations.get(i).pause();
      ofOlder = together(ofOlder, own);
      read.add(generations.get(i).read(own));
    }
    if (!generations.isEmpty()) {
      // What it says of its own pauses is nothing that an agent writes.
      read.add(0, generations.get(0).read(ofOlder.map(ofAll::since)));
    }
    return read;
  }

  private static Optional<Histogram> together(Optional<Histogram> one, Optional<Histogram> other) {
    return one.isPresent() && other.isPresent() ? one.map(other.get()::plus) : one.or(() -> other);
  }

  private Mode readMode() {
    if (!numbers.has(GarbageCollector.ENABLED_FIELD_NUMBER)) {
      return Mode.UNKNOWN;
    }
    return numbers.of(GarbageCollector.ENABLED_FIELD_NUMBER) != 0 ? Mode.ENABLED : Mode.DISABLED;
  }
}
