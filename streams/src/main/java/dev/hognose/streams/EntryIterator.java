package dev.hognose.streams;

import java.util.NavigableMap;
import java.util.NoSuchElementException;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;

/** The entries of a map in their order, as a store tells them; takes each out of the map. */
final class EntryIterator<V> implements KeyValueIterator<String, V> {

  private final NavigableMap<String, V> left;

  EntryIterator(NavigableMap<String, V> left) {
    this.left = left;
  }

  @Override
  public boolean hasNext() {
    return !left.isEmpty();
  }

  @Override
  public KeyValue<String, V> next() {
    String key = peekNextKey();
    return KeyValue.pair(key, left.remove(key));
  }

  @Override
  public String peekNextKey() {
    if (left.isEmpty()) {
      throw new NoSuchElementException("all entries were told");
    }
    return left.firstKey();
  }

  @Override
  public void close() {}
}
