package dev.hognose.streams;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * A store whose values are also kept unpacked, as unpacking them for each record would cost more
 * than all that is done with them. Each change goes to the store at once, so that what is committed
 * is whole; a task that starts makes a new one.
 */
final class WrittenThrough<V> {

  private final KeyValueStore<String, V> store;
  private final Map<String, V> unpacked = new HashMap<>();

  WrittenThrough(KeyValueStore<String, V> store) {
    this.store = store;
  }

  Optional<V> get(String key) {
    V known = unpacked.get(key);
    return known == null ? Optional.ofNullable(store.get(key)) : Optional.of(known);
  }

  void put(String key, V value) {
    store.put(key, value);
    unpacked.put(key, value);
  }

  void delete(String key) {
    store.delete(key);
    unpacked.remove(key);
  }

  void forEach(BiConsumer<String, V> each) {
    try (KeyValueIterator<String, V> stored = store.all()) {
      while (stored.hasNext()) {
        KeyValue<String, V> next = stored.next();
        each.accept(next.key, next.value);
      }
    }
  }
}
