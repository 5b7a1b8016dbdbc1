package dev.hognose.streams;

import dev.hognose.wire.Codec;
import dev.hognose.wire.KeyedCodec;
import java.util.Map;
import java.util.function.Function;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;
import org.apache.kafka.streams.state.internals.WrappedStateStore;

/** How all state is kept: in memory, with a changelog that is compacted hard. */
final class Stored {

  /** After a failure the whole changelog is read: little may wait for compaction. */
  private static final Map<String, String> CHANGELOG =
      Map.of(
          TopicConfig.MIN_CLEANABLE_DIRTY_RATIO_CONFIG,
          "0.1",
          TopicConfig.SEGMENT_BYTES_CONFIG,
          Integer.toString(16 << 20));

  private Stored() {}

  static <K, V> StoreBuilder<KeyValueStore<K, V>> inMemory(
      String name, Serde<K> key, Serde<V> value) {
    return Stores.keyValueStoreBuilder(
            Stores.inMemoryKeyValueStore(name), key, StateFormat.in(name, value))
        .withLoggingEnabled(CHANGELOG);
  }

  /** Whether Kafka Streams keeps a store of its in that topic. */
  static boolean isChangelog(String topic) {
    return topic.endsWith("-changelog");
  }

  /** For what many records change, or every record asks for: see {@link WrittenAtCommit}. */
  static <V> StoreBuilder<KeyValueStore<String, V>> unpacked(String name, KeyedCodec<V> codec) {
    return unpacked(name, codec, 1);
  }

  /** Of which several keep a part: see {@link Part}. */
  static <V> StoreBuilder<KeyValueStore<String, V>> unpacked(
      String name, KeyedCodec<V> codec, int parts) {
    return WrittenAtCommitBuilder.of(name, codec, parts).withLoggingEnabled(CHANGELOG);
  }

  /**
   * One of those itself, within what Kafka Streams hands to a processor.
   *
   * @throws IllegalArgumentException for one of another kind
   */
  @SuppressWarnings("unchecked")
  static <V> WrittenAtCommit<V> unpacked(ProcessingContext context, String name) {
    StateStore store = context.getStateStore(name);
    while (store instanceof WrappedStateStore<?, ?, ?> wrapper) {
      if (store instanceof WrittenAtCommit<?> found) {
        return (WrittenAtCommit<V>) found;
      }
      store = wrapper.wrapped();
    }
    throw new IllegalArgumentException(name + ": expected a store that is written at commits");
  }

  /** For what packs itself. */
  static <V> Codec<V> packed(Function<V, byte[]> pack, Function<byte[], V> unpack) {
    return new Packed<>(pack, unpack);
  }

  private record Packed<V>(Function<V, byte[]> pack, Function<byte[], V> unpack)
      implements Codec<V> {

    @Override
    public byte[] encode(V value) {
      return pack.apply(value);
    }

    @Override
    public V decode(byte[] bytes) {
      return unpack.apply(bytes);
    }
  }
}
