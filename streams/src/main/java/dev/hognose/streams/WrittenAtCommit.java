package dev.hognose.streams;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * A store of a task's values as objects: they are packed, and written to the store within and its
 * changelog, once between two commits and not for every record that changes them.
 *
 * <p>Kafka's own cache keeps bytes: a value is packed for each change, and packing costs more than
 * all that is done with it. What Kafka calls on a cache before each commit is {@link #flushCache},
 * in the transaction of the records that made the change, so that what is committed is whole; what
 * is not committed dies with the task. Values must be immutable. Read by key, or all of it.
 */
final class WrittenAtCommit<V> extends WrappedStateStore<KeyValueStore<String, V>, String, V>
    implements KeyValueStore<String, V> {

  /** All values, once one was asked for. */
  private Optional<Map<String, V>> unpacked = Optional.empty();

  private final Set<String> changed = new LinkedHashSet<>();

  WrittenAtCommit(KeyValueStore<String, V> within) {
    super(within);
  }

  private Map<String, V> values() {
    if (unpacked.isEmpty()) {
      Map<String, V> values = new HashMap<>();
      try (KeyValueIterator<String, V> stored = wrapped().all()) {
        stored.forEachRemaining(each -> values.put(each.key, each.value));
      }
      unpacked = Optional.of(values);
    }
    return unpacked.get();
  }

  @Override
  public @Nullable V get(String key) {
    return values().get(key);
  }

  @Override
  public void put(String key, @Nullable V value) {
    V before = value == null ? values().remove(key) : values().put(key, value);
    if (value != null || before != null) {
      changed.add(key);
    }
  }

  @Override
  public @Nullable V delete(String key) {
    V before = values().get(key);
    put(key, null);
    return before;
  }

  @Override
  public @Nullable V putIfAbsent(String key, V value) {
    V before = values().get(key);
    if (before == null) {
      put(key, value);
    }
    return before;
  }

  @Override
  public void putAll(List<KeyValue<String, V>> entries) {
    entries.forEach(each -> put(each.key, each.value));
  }

  @Override
  public KeyValueIterator<String, V> all() {
    return new EntryIterator<>(new TreeMap<>(values()));
  }

  @Override
  public KeyValueIterator<String, V> range(String from, String to) {
    throw new UnsupportedOperationException(name() + " is read by key or whole");
  }

  @Override
  public long approximateNumEntries() {
    return values().size();
  }

  /** Before each commit: what has changed goes to the store within, and to the changelog. */
  @Override
  public void flushCache() {
    for (String key : changed) {
      wrapped().put(key, values().get(key));
    }
    changed.clear();
    super.flushCache();
  }

  /**
   * When the task is no longer the one that writes: a standby gets its bytes from the changelog.
   */
  @Override
  public void clearCache() {
    unpacked = Optional.empty();
    changed.clear();
    super.clearCache();
  }
}
