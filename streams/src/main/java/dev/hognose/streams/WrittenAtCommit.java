package dev.hognose.streams;

import dev.hognose.packed.Packer;
import dev.hognose.wire.KeyedCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
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
 * is not committed dies with the task. Bytes are in the changelog alone, see {@link RestoredBytes}.
 * Values must be immutable. Read by key, or all of it.
 */
final class WrittenAtCommit<V>
    extends WrappedStateStore<KeyValueStore<Bytes, byte[]>, Bytes, byte[]>
    implements KeyValueStore<String, V> {

  /** All entries, once one was asked for; deleted ones until the next commit. */
  private Optional<Map<String, Kept<V>>> unpacked = Optional.empty();

  private final List<Kept<V>> changed = new ArrayList<>();

  /** Which was asked for last. */
  private @Nullable Kept<V> latest;

  /** In which all values are packed, one after the other. */
  private final Packer out = new Packer();

  private final KeyedCodec<V> codec;
  private final int waiting;
  private final RestoredBytes restored;

  /**
   * Around a store of Kafka's that has {@link RestoredBytes} within.
   *
   * @param waiting how many look at a key again, each in its own time
   */
  WrittenAtCommit(
      KeyValueStore<Bytes, byte[]> within,
      RestoredBytes restored,
      KeyedCodec<V> codec,
      int waiting) {
    super(within);
    this.restored = restored;
    this.codec = codec;
    this.waiting = waiting;
  }

  private Map<String, Kept<V>> entries() {
    if (unpacked.isEmpty()) {
      Map<String, Kept<V>> entries = new HashMap<>();
      restored
          .take()
          .forEach(
              (key, bytes) -> {
                Kept<V> entry = entry(text(key), bytes);
                entries.put(entry.key, entry);
              });
      unpacked = Optional.of(entries);
    }
    return unpacked.get();
  }

  private static String text(Bytes key) {
    return new String(key.get(), StandardCharsets.UTF_8);
  }

  private static Bytes bytes(String key) {
    return Bytes.wrap(key.getBytes(StandardCharsets.UTF_8));
  }

  /** A record asks for the same key several times. */
  private @Nullable Kept<V> entry(String key) {
    Kept<V> last = latest;
    if (last == null || !last.key.equals(key)) {
      last = entries().get(key);
      latest = last;
    }
    return last;
  }

  private Kept<V> entry(String key, byte[] bytes) {
    Kept<V> entry = new Kept<>(key, waiting);
    entry.value = StateFormat.read(name(), bytes, packed -> codec.decode(key, packed));
    return entry;
  }

  private byte[] packed(V value) {
    out.clear().put(StateFormat.VERSION);
    codec.encode(out, value);
    return out.bytes();
  }

  @Override
  public @Nullable V get(String key) {
    Kept<V> entry = entry(key);
    return entry == null ? null : entry.value;
  }

  @Override
  public void put(String key, @Nullable V value) {
    Kept<V> entry = entry(key);
    if (entry == null) {
      if (value == null) {
        return;
      }
      entry = new Kept<>(key, waiting);
      entries().put(key, entry);
    }
    entry.value = value;
    if (!entry.isChanged) {
      entry.isChanged = true;
      changed.add(entry);
    }
  }

  /** What a key has in another form, of which nothing is to be written. */
  void enrich(String key, V value) {
    Kept<V> entry = entry(key);
    if (entry != null && entry.value != null) {
      entry.value = value;
    }
  }

  /**
   * From now on the key is looked at again when so much time has passed, and not before; nothing of
   * this is written. A key that has nothing has nothing to wait for.
   *
   * @param who of those who wait, from 0
   */
  void await(int who, String key, long nowMs, Duration wait) {
    Kept<V> entry = entry(key);
    if (entry != null && entry.value != null) {
      entry.dueMs[who] = nowMs + wait.toMillis();
    }
  }

  void awaitNothing(int who, String key) {
    Kept<V> entry = entry(key);
    if (entry != null) {
      entry.dueMs[who] = Kept.NEVER;
    }
  }

  /**
   * Takes out the keys that are due for one of those who wait, in their order, each when its turn
   * comes, see {@link Deadlines#takeDue}.
   */
  void takeDue(int who, long nowMs, Consumer<String> look) {
    List<String> due = new ArrayList<>();
    for (Kept<V> each : entries().values()) {
      if (each.dueMs[who] <= nowMs) {
        due.add(each.key);
      }
    }
    Collections.sort(due);
    for (String key : due) {
      awaitNothing(who, key);
      look.accept(key);
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
    for (Kept<V> entry : entries().values()) {
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

  /** Before each commit: what has changed goes to the changelog. */
  @Override
  public void flushCache() {
    for (Kept<V> entry : changed) {
      entry.isChanged = false;
      wrapped().put(bytes(entry.key), entry.value == null ? null : packed(entry.value));
      if (entry.value == null) {
        entries().remove(entry.key);
      }
    }
    latest = null;
    changed.clear();
    super.flushCache();
  }

  /**
   * When the task is no longer the one that writes: what a standby has are bytes. Kafka asks for it
   * after a commit only.
   */
  @Override
  public void clearCache() {
    if (!changed.isEmpty()) {
      throw new IllegalStateException(
          "%s: %d changes were not written".formatted(name(), changed.size()));
    }
    unpacked.ifPresent(entries -> restored.giveBack(packed(entries)));
    unpacked = Optional.empty();
    latest = null;
    super.clearCache();
  }

  /**
   * Kafka opens the same store again for a task whose transaction was aborted: what was not
   * committed is gone, and the rest is read from the changelog.
   */
  @Override
  public void close() {
    unpacked = Optional.empty();
    changed.clear();
    latest = null;
    super.close();
  }

  private Map<Bytes, byte[]> packed(Map<String, Kept<V>> entries) {
    Map<Bytes, byte[]> all = new HashMap<>();
    for (Kept<V> entry : entries.values()) {
      if (entry.value != null) {
        all.put(bytes(entry.key), packed(entry.value));
      }
    }
    return all;
  }
}
