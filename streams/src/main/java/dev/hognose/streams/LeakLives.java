package dev.hognose.streams;

import dev.hognose.leak.LeakLife;
import dev.hognose.wire.LeakLifeCodec;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The lives of a task's processes, in two stores: what every sample changes, and the rings, ten
 * times as large, which change when a bucket closes.
 *
 * <p>What every sample changes is also kept unpacked; the stores are written through, so that what
 * is committed is whole. Rings stay packed: most lives have thirty samples between two closings.
 */
final class LeakLives {

  static final String LIVES = "leak-lives";
  static final String RINGS = "leak-rings";

  private final KeyValueStore<String, LeakLife> lives;
  private final KeyValueStore<String, byte[]> rings;

  /** Whole. */
  private final Map<String, LeakLife> unpacked = new HashMap<>();

  LeakLives(ProcessorContext<?, ?> context) {
    lives = context.getStateStore(LIVES);
    rings = context.getStateStore(RINGS);
  }

  static Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stored.cached(LIVES, Serdes.String(), new LeakLifeCodec().serde()),
        Stored.inMemory(RINGS, Serdes.String(), Serdes.ByteArray()));
  }

  Optional<LeakLife> get(String key) {
    LeakLife known = unpacked.get(key);
    return known == null ? stored(key) : Optional.of(known);
  }

  private Optional<LeakLife> stored(String key) {
    return Optional.ofNullable(lives.get(key)).map(life -> whole(key, life));
  }

  private LeakLife whole(String key, LeakLife life) {
    byte[] packed = rings.get(key);
    return packed == null ? life : life.withRings(packed);
  }

  /** Keeps a life that became of another. */
  void put(LeakLife before, LeakLife life) {
    String key = life.process().key();
    lives.put(key, life);
    if (life.state().hasRingsOf(before.state())) {
      unpacked.put(key, life);
    } else {
      byte[] packed = life.state().packRings();
      rings.put(key, packed);
      unpacked.put(key, life.withRings(packed));
    }
  }

  void delete(String key) {
    lives.delete(key);
    rings.delete(key);
    unpacked.remove(key);
  }

  void forEach(Consumer<LeakLife> each) {
    try (KeyValueIterator<String, LeakLife> known = lives.all()) {
      known.forEachRemaining(life -> each.accept(life.value));
    }
  }
}
