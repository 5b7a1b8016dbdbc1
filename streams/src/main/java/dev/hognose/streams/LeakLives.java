package dev.hognose.streams;

import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.ServiceWord;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
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

  static final String RINGS = "leak-rings";
  static final String WORDS = "leak-words-heard";

  private final Part<KnownProcess, LeakLife> lives;
  private final KeyValueStore<String, byte[]> rings;
  private final KeyValueStore<String, ServiceWord> words;

  LeakLives(ProcessorContext<?, ?> context) {
    lives = Part.of(context, KnownProcess.LEAK);
    rings = context.getStateStore(RINGS);
    words = context.getStateStore(WORDS);
    forEach(life -> lives.enrich(life.process().key(), whole(life)));
  }

  /** In an order that is always the same, as the picture of the topology shows it. */
  static List<StoreBuilder<?>> stores() {
    return List.of(
        Stored.unpacked(RINGS, Stored.packed(rings -> rings, LeakState::rings)),
        Stored.unpacked(WORDS, LeakServiceTopology.word()));
  }

  Optional<LeakLife> get(String key) {
    return Optional.ofNullable(lives.get(key));
  }

  /** Of a life as its store has it. */
  private LeakLife whole(LeakLife life) {
    String key = life.process().key();
    byte[] packed = rings.get(key);
    LeakLife withRings = packed == null ? life : life.withRings(packed);
    ServiceWord word = words.get(key);
    return word == null ? withRings : withRings.with(word);
  }

  /** Keeps a life that became of another. */
  void put(String key, LeakLife before, LeakLife life) {
    if (!before.word().equals(life.word())) {
      life.word().ifPresentOrElse(word -> words.put(key, word), () -> words.delete(key));
    }
    if (life.state().hasRingsOf(before.state())) {
      lives.put(key, life);
    } else {
      byte[] packed = life.state().packRings();
      rings.put(key, packed);
      lives.put(key, life.withRings(packed));
    }
  }

  void await(String key, long nowMs, Duration wait) {
    lives.await(key, nowMs, wait);
  }

  /** See {@link WrittenAtCommit#takeDue}. */
  void takeDue(long nowMs, Consumer<String> look) {
    lives.takeDue(nowMs, look);
  }

  void delete(String key) {
    lives.delete(key);
    rings.delete(key);
    words.delete(key);
  }

  void forEach(Consumer<LeakLife> each) {
    lives.forEach((key, life) -> each.accept(life));
  }
}
