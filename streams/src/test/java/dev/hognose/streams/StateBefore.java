package dev.hognose.streams;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TopologyConfig;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessorWrapper;
import org.apache.kafka.streams.processor.api.WrappedFixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.WrappedProcessorSupplier;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * What the changelogs of a driver hold, for a driver that goes on.
 *
 * <p>Kafka Streams fills a store before a processor starts that reads it; a driver starts with
 * stores that are empty. So each processor of the new driver is wrapped in one that fills its
 * stores first.
 */
final class StateBefore {

  private static final String CONFIG = "state.before";

  private final Map<String, Map<Bytes, byte[]>> stores = new HashMap<>();
  private final Set<String> filled = new HashSet<>();

  /** A change that was written to the changelog of a store; no value is a deletion. */
  void change(String store, byte[] name, byte @Nullable [] value) {
    Bytes key = Bytes.wrap(name);
    Map<Bytes, byte[]> values = stores.computeIfAbsent(store, unseen -> new HashMap<>());
    if (value == null) {
      values.remove(key);
    } else {
      values.put(key, value);
    }
  }

  /** What is below caches, serdes and changelogs. */
  @SuppressWarnings("unchecked")
  private static KeyValueStore<Bytes, byte[]> innermost(StateStore store) {
    StateStore inner = store;
    while (inner instanceof WrappedStateStore<?, ?, ?> outer) {
      inner = outer.wrapped();
    }
    return (KeyValueStore<Bytes, byte[]>) inner;
  }

  /** A builder of a topology that takes this state over, each store once. */
  StreamsBuilder builder(StreamsSettings settings) {
    filled.clear();
    Map<Object, Object> properties = new HashMap<>(StreamsProperties.of(settings));
    properties.put(StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG, Restoring.class);
    properties.put(CONFIG, this);
    return new StreamsBuilder(new TopologyConfig(new StreamsConfig(properties)));
  }

  /** Stores that no processor has taken over. */
  Set<String> left() {
    Set<String> left = new HashSet<>(stores.keySet());
    left.removeAll(filled);
    return left;
  }

  private void fill(String name, StateStore store) {
    if (filled.add(name)) {
      KeyValueStore<Bytes, byte[]> empty = innermost(store);
      stores.getOrDefault(name, Map.of()).forEach(empty::put);
    }
  }

  /** Made by Kafka, from its configuration. */
  public static final class Restoring implements ProcessorWrapper {

    private StateBefore state = new StateBefore();

    @Override
    public void configure(Map<String, ?> configs) {
      if (configs.get(CONFIG) instanceof StateBefore before) {
        state = before;
      }
    }

    @Override
    public <K, V, L, W> WrappedProcessorSupplier<K, V, L, W> wrapProcessorSupplier(
        String name, ProcessorSupplier<K, V, L, W> supplier) {
      Set<StoreBuilder<?>> stores = supplier.stores();
      return stores == null
          ? ProcessorWrapper.asWrapped(supplier)
          : new Supplier<>(state, supplier, stores);
    }

    @Override
    public <K, V, W> WrappedFixedKeyProcessorSupplier<K, V, W> wrapFixedKeyProcessorSupplier(
        String name, FixedKeyProcessorSupplier<K, V, W> supplier) {
      Set<StoreBuilder<?>> stores = supplier.stores();
      return stores == null
          ? ProcessorWrapper.asWrappedFixedKey(supplier)
          : new FixedKeySupplier<>(state, supplier, stores);
    }
  }

  private record Supplier<K, V, L, W>(
      StateBefore state, ProcessorSupplier<K, V, L, W> within, Set<StoreBuilder<?>> stores)
      implements WrappedProcessorSupplier<K, V, L, W> {

    @Override
    @SuppressWarnings("unchecked")
    public Processor<K, V, L, W> get() {
      return (Processor<K, V, L, W>) state.filling(Processor.class, within.get(), stores);
    }
  }

  private record FixedKeySupplier<K, V, W>(
      StateBefore state, FixedKeyProcessorSupplier<K, V, W> within, Set<StoreBuilder<?>> stores)
      implements WrappedFixedKeyProcessorSupplier<K, V, W> {

    @Override
    @SuppressWarnings("unchecked")
    public FixedKeyProcessor<K, V, W> get() {
      return (FixedKeyProcessor<K, V, W>)
          state.filling(FixedKeyProcessor.class, within.get(), stores);
    }
  }

  /** The processor, which finds its stores filled; Kafka's two kinds have no type in common. */
  private Object filling(Class<?> kind, Object processor, Set<StoreBuilder<?>> builders) {
    return Proxy.newProxyInstance(
        kind.getClassLoader(),
        new Class<?>[] {kind},
        (proxy, method, arguments) -> {
          if (method.getName().equals("init")) {
            ProcessingContext context = (ProcessingContext) arguments[0];
            builders.forEach(each -> fill(each.name(), context.getStateStore(each.name())));
          }
          try {
            return method.invoke(processor, arguments);
          } catch (InvocationTargetException failed) {
            throw failed.getCause();
          }
        });
  }
}
