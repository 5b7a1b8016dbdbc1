package dev.hognose.streams;

import dev.hognose.wire.KeyedCodec;
import java.util.Map;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** Builds {@link WrittenAtCommit} around what another builder builds; it takes no other cache. */
record WrittenAtCommitBuilder<V>(
    StoreBuilder<KeyValueStore<String, byte[]>> within, KeyedCodec<V> codec)
    implements StoreBuilder<KeyValueStore<String, V>> {

  @Override
  public KeyValueStore<String, V> build() {
    return new WrittenAtCommit<>(within.build(), codec);
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withCachingEnabled() {
    throw new UnsupportedOperationException(name() + " is a cache itself");
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withCachingDisabled() {
    return this;
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withLoggingEnabled(Map<String, String> config) {
    return new WrittenAtCommitBuilder<>(within.withLoggingEnabled(config), codec);
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withLoggingDisabled() {
    return new WrittenAtCommitBuilder<>(within.withLoggingDisabled(), codec);
  }

  @Override
  public Map<String, String> logConfig() {
    return within.logConfig();
  }

  @Override
  public boolean loggingEnabled() {
    return within.loggingEnabled();
  }

  @Override
  public String name() {
    return within.name();
  }
}
