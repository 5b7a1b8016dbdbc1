package dev.hognose.streams;

import java.util.NavigableMap;
import java.util.NoSuchElementException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The entries of a map in their order, as a store tells them; takes each out of the map. */
final class EntryIterator<K, V> implements KeyValueIterator<K, V> {

  private final NavigableMap<K, V> left;

  EntryIterator(NavigableMap<K, V> left) {
    this.left = left;
  }

  @Override
  public boolean hasNext() {
    return !left.isEmpty();
  }

  @Override
  public KeyValue<K, V> next() {
    K key = peekNextKey();
    return KeyValue.pair(key, left.remove(key));
  }

  @Override
  public K peekNextKey() {
    if (left.isEmpty()) {
      throw new NoSuchElementException("all entries were told");
    }
    return left.firstKey();
  }

  @Override
  public void close() {}
}
