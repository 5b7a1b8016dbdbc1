package dev.hognose.streams;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.StateStoreContext;
import org.apache.kafka.streams.query.Position;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * What was restored from a changelog, until it is known as objects: a task that writes takes all of
 * it, and gives it back when it becomes a standby. What it writes meanwhile is in the changelog and
 * nowhere else.
 */
final class RestoredBytes implements KeyValueStore<Bytes, byte[]> {

  private final String name;
  private final Position position = Position.emptyPosition();
  private Map<Bytes, byte[]> restored = new HashMap<>();
  private boolean isTaken;
  private boolean isOpen;

  RestoredBytes(String name) {
    this.name = name;
  }

  @Override
  public void init(StateStoreContext context, StateStore root) {
    context.register(root, (key, value) -> keep(Bytes.wrap(key), value));
    isOpen = true;
  }

  private void keep(Bytes key, byte @Nullable [] value) {
    if (value == null) {
      restored.remove(key);
    } else {
      restored.put(key, value);
    }
  }

  /** All of it, of which nothing is kept here. */
  Map<Bytes, byte[]> take() {
    Map<Bytes, byte[]> taken = restored;
    restored = new HashMap<>();
    isTaken = true;
    return taken;
  }

  /** From now on changes come from the changelog. */
  void giveBack(Map<Bytes, byte[]> all) {
    restored = all;
    isTaken = false;
  }

  @Override
  public void put(Bytes key, byte @Nullable [] value) {
    if (!isTaken) {
      keep(key, value);
    }
  }

  @Override
  public byte @Nullable [] get(Bytes key) {
    return here().get(key);
  }

  private Map<Bytes, byte[]> here() {
    if (isTaken) {
      throw new IllegalStateException(name + " is known as objects");
    }
    return restored;
  }

  @Override
  public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
    return here().putIfAbsent(key, value);
  }

  @Override
  public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
    entries.forEach(each -> put(each.key, each.value));
  }

  @Override
  public byte @Nullable [] delete(Bytes key) {
    return here().remove(key);
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> all() {
    return new EntryIterator<>(new TreeMap<>(here()));
  }

  @Override
  public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
    throw new UnsupportedOperationException(name + " is read by key or whole");
  }

  @Override
  public long approximateNumEntries() {
    return here().size();
  }

  @Override
  public Position getPosition() {
    return position;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean persistent() {
    return false;
  }

  @Override
  public boolean isOpen() {
    return isOpen;
  }

  @Override
  public void close() {
    restored = new HashMap<>();
    isTaken = false;
    isOpen = false;
  }
}
