package dev.hognose.streams;

import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.ServiceWord;
import dev.hognose.wire.state.LeakLifeCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * The lives of a task's processes, in three stores: what every sample changes; the rings, ten times
 * as large, which change when a bucket closes; and the last words of their services.
 *
 * <p>Lives are objects, see {@link WrittenAtCommit}. Rings stay packed: most lives have thirty
 * samples between two closings.
 */
final class LeakLives {

  static final String LIVES = "leak-lives";
  static final String RINGS = "leak-rings";
  static final String WORDS = "leak-words-heard";

  private final KeyValueStore<String, LeakLife> lives;
  private final KeyValueStore<String, byte[]> rings;
  private final KeyValueStore<String, ServiceWord> words;

  /** Whole. */
  private final Map<String, LeakLife> unpacked = new HashMap<>();

  LeakLives(ProcessorContext<?, ?> context) {
    lives = context.getStateStore(LIVES);
    rings = context.getStateStore(RINGS);
    words = context.getStateStore(WORDS);
  }

  /** In an order that is always the same, as the picture of the topology shows it. */
  static List<StoreBuilder<?>> stores() {
    return List.of(
        Stored.unpacked(LIVES, new LeakLifeCodec()),
        Stored.inMemory(RINGS, Serdes.String(), ringsSerde()),
        Stored.unpacked(WORDS, LeakServiceTopology.word()));
  }

  /** Rings are read when a bucket closes, when it would be too late to find them spoilt. */
  static Serde<byte[]> ringsSerde() {
    return Serdes.serdeFrom(
        new ByteArraySerializer(),
        (topic, packed) -> packed == null ? null : LeakState.rings(packed));
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
    LeakLife withRings = packed == null ? life : life.withRings(packed);
    ServiceWord word = words.get(key);
    return word == null ? withRings : withRings.with(word);
  }

  /** Keeps a life that became of another. */
  void put(String key, LeakLife before, LeakLife life) {
    life.word()
        .filter(word -> !before.word().equals(life.word()))
        .ifPresent(word -> words.put(key, word));
    if (life.state().hasRingsOf(before.state())) {
      keep(key, life);
    } else {
      byte[] packed = life.state().packRings();
      rings.put(key, packed);
      keep(key, life.withRings(packed));
    }
  }

  private void keep(String key, LeakLife life) {
    lives.put(key, life);
    unpacked.put(key, life);
  }

  void delete(String key) {
    lives.delete(key);
    rings.delete(key);
    words.delete(key);
    unpacked.remove(key);
  }

  void forEach(Consumer<LeakLife> each) {
    try (KeyValueIterator<String, LeakLife> known = lives.all()) {
      known.forEachRemaining(life -> each.accept(life.value));
    }
  }
}
