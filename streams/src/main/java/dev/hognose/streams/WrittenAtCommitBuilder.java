package dev.hognose.streams;

import dev.hognose.wire.KeyedCodec;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueBytesStoreSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/** Builds {@link WrittenAtCommit} around what Kafka builds; it takes no other cache. */
record WrittenAtCommitBuilder<V>(
    StoreBuilder<KeyValueStore<Bytes, byte[]>> within, KeyedCodec<V> codec, int waiting)
    implements StoreBuilder<KeyValueStore<String, V>> {

  static <V> WrittenAtCommitBuilder<V> of(String name, KeyedCodec<V> codec, int waiting) {
    return new WrittenAtCommitBuilder<>(
        Stores.keyValueStoreBuilder(new Within(name), Serdes.Bytes(), Serdes.ByteArray()),
        codec,
        waiting);
  }

  @Override
  public KeyValueStore<String, V> build() {
    KeyValueStore<Bytes, byte[]> built = within.build();
    RestoredBytes restored = ((WrappedStateStore<?, ?, ?>) built).findInner(RestoredBytes.class);
    return new WrittenAtCommit<>(built, Objects.requireNonNull(restored), codec, waiting);
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
    return new WrittenAtCommitBuilder<>(within.withLoggingEnabled(config), codec, waiting);
  }

  @Override
  public StoreBuilder<KeyValueStore<String, V>> withLoggingDisabled() {
    return new WrittenAtCommitBuilder<>(within.withLoggingDisabled(), codec, waiting);
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

  private record Within(String name) implements KeyValueBytesStoreSupplier {

    @Override
    public KeyValueStore<Bytes, byte[]> get() {
      return new RestoredBytes(name);
    }

    @Override
    public String metricsScope() {
      return "in-memory";
    }
  }
}
