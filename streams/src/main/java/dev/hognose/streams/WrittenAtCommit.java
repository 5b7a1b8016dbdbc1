package dev.hognose.streams;

import dev.hognose.wire.KeyedCodec;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
final class WrittenAtCommit<V>
    extends WrappedStateStore<KeyValueStore<String, byte[]>, String, byte[]>
    implements KeyValueStore<String, V> {

  /** All entries, once one was asked for; deleted ones until the next commit. */
  private Optional<Map<String, Entry<V>>> unpacked = Optional.empty();

  private final List<Entry<V>> changed = new ArrayList<>();

  private final KeyedCodec<V> codec;

  WrittenAtCommit(KeyValueStore<String, byte[]> within, KeyedCodec<V> codec) {
    super(within);
    this.codec = codec;
  }

  private Map<String, Entry<V>> entries() {
    if (unpacked.isEmpty()) {
      Map<String, Entry<V>> entries = new HashMap<>();
      try (KeyValueIterator<String, byte[]> stored = wrapped().all()) {
        stored.forEachRemaining(
            each -> entries.put(each.key, new Entry<>(each.key, unpacked(each))));
      }
      unpacked = Optional.of(entries);
    }
    return unpacked.get();
  }

  private V unpacked(KeyValue<String, byte[]> stored) {
    return StateFormat.read(name(), () -> codec.decode(stored.key, stored.value));
  }

  @Override
  public @Nullable V get(String key) {
    Entry<V> entry = entries().get(key);
    return entry == null ? null : entry.value;
  }

  @Override
  public void put(String key, @Nullable V value) {
    Entry<V> entry = entries().get(key);
    if (entry == null) {
      if (value == null) {
        return;
      }
      entry = new Entry<>(key, value);
      entries().put(key, entry);
    }
    entry.value = value;
    if (!entry.isChanged) {
      entry.isChanged = true;
      changed.add(entry);
    }
  }

  @Override
  public @Nullable V delete(String key) {
    V before = get(key);
    put(key, null);
    return before;
  }

  @Override
  public @Nullable V putIfAbsent(String key, V value) {
    V before = get(key);
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
    TreeMap<String, V> values = new TreeMap<>();
    for (Entry<V> entry : entries().values()) {
      if (entry.value != null) {
        values.put(entry.key, entry.value);
      }
    }
    return new EntryIterator<>(values);
  }

  @Override
  public KeyValueIterator<String, V> range(String from, String to) {
    throw new UnsupportedOperationException(name() + " is read by key or whole");
  }

  @Override
  public long approximateNumEntries() {
    return entries().size();
  }

  /** Before each commit: what has changed goes to the store within, and to the changelog. */
  @Override
  public void flushCache() {
    for (Entry<V> entry : changed) {
      entry.isChanged = false;
      wrapped().put(entry.key, entry.value == null ? null : codec.encode(entry.value));
      if (entry.value == null) {
        entries().remove(entry.key);
      }
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

  /** What a key has, changed in place: most records change several, and ask for more. */
  private static final class Entry<V> {

    private final String key;
    private @Nullable V value;
    private boolean isChanged;

    Entry(String key, @Nullable V value) {
      this.key = key;
      this.value = value;
    }
  }
}
