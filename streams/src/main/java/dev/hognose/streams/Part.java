package dev.hognose.streams;

import java.time.Duration;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * What one judge keeps of each process within a store that it shares with others: as a store of its
 * own, with its own times to look at a process again.
 *
 * @param <A> all that the store has of a process
 * @param <V> of which this is the part
 */
final class Part<A, V> {

  /** Where in the whole a part is; a whole that has nothing left is none. */
  record Place<A, V>(
      String store,
      int waiting,
      Function<A, @Nullable V> part,
      BiFunction<@Nullable A, @Nullable V, @Nullable A> with) {}

  private final WrittenAtCommit<A> whole;
  private final Place<A, V> place;

  private Part(WrittenAtCommit<A> whole, Place<A, V> place) {
    this.whole = whole;
    this.place = place;
  }

  static <A, V> Part<A, V> of(ProcessingContext context, Place<A, V> place) {
    return new Part<>(Stored.unpacked(context, place.store()), place);
  }

  /** A store that nobody else has a part of. */
  static <V> Place<V, V> whole(String store) {
    return new Place<>(store, 0, all -> all, (all, value) -> value);
  }

  @Nullable V get(String key) {
    A all = whole.get(key);
    return all == null ? null : place.part().apply(all);
  }

  void put(String key, V value) {
    whole.put(key, place.with().apply(whole.get(key), value));
  }

  void delete(String key) {
    A all = whole.get(key);
    if (all != null) {
      whole.put(key, place.with().apply(all, null));
      whole.awaitNothing(place.waiting(), key);
    }
  }

  /** See {@link WrittenAtCommit#enrich}. */
  void enrich(String key, V value) {
    A all = whole.get(key);
    if (all != null) {
      whole.enrich(key, place.with().apply(all, value));
    }
  }

  /** See {@link WrittenAtCommit#await}. */
  void await(String key, long nowMs, Duration wait) {
    whole.await(place.waiting(), key, nowMs, wait);
  }

  /** See {@link WrittenAtCommit#takeDue}. */
  void takeDue(long nowMs, Consumer<String> look) {
    whole.takeDue(place.waiting(), nowMs, look);
  }

  void forEach(BiConsumer<String, V> each) {
    try (KeyValueIterator<String, A> all = whole.all()) {
      all.forEachRemaining(
          entry -> {
            V value = place.part().apply(entry.value);
            if (value != null) {
              each.accept(entry.key, value);
            }
          });
    }
  }
}
