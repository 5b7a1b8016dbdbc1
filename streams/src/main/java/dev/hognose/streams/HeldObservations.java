package dev.hognose.streams;

import dev.hognose.leak.LifeObservation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What lives have shown of stretches that are not over yet. */
final class HeldObservations {

  static final String HELD = "leak-services-held";

  /** No service has control characters in its name. */
  private static final String SEPARATOR = "\n";

  /**
   * Most stretches between the first and the last: 17 hours by default. When a task is farther
   * ahead of another that catches up, the first stretches no longer wait.
   */
  private static final int MOST_STRETCHES = 64;

  /** Observations of one service and one stretch. */
  record Stretch(String service, long number, List<LifeObservation> observations) {}

  private final KeyValueStore<String, LifeObservation> held;
  private final SortedMap<Long, TreeSet<String>> services = new TreeMap<>();

  HeldObservations(ProcessorContext<?, ?> context) {
    held = context.getStateStore(HELD);
    try (KeyValueIterator<String, LifeObservation> known = held.all()) {
      known.forEachRemaining(each -> index(each.key));
    }
  }

  private void index(String key) {
    String[] parts = key.split(SEPARATOR, 3);
    note(Long.parseLong(parts[1], 16), parts[0]);
  }

  private void note(long stretch, String service) {
    services.computeIfAbsent(stretch, number -> new TreeSet<>()).add(service);
  }

  static StoreBuilder<KeyValueStore<String, LifeObservation>> store() {
    return Stored.inMemory(
        HELD,
        Serdes.String(),
        Stored.packed(LifeObservation::pack, LifeObservation::unpack).serde());
  }

  /**
   * Holds an observation.
   *
   * @return whether there was another of its place, so that one of them does not count
   */
  boolean put(String service, long stretch, LifeObservation observation) {
    String key = prefix(service, stretch) + observation.place();
    LifeObservation other = held.get(key);
    held.put(key, other == null ? observation : observation.or(other));
    note(stretch, service);
    return other != null;
  }

  private static String prefix(String service, long stretch) {
    return service + SEPARATOR + String.format("%016x", stretch) + SEPARATOR;
  }

  /**
   * Takes out all stretches before one, in their order, each when its turn comes: where one makes
   * our own code fail, those behind it are still held.
   */
  void takeBefore(long open, Consumer<Stretch> judge) {
    while (!services.isEmpty() && services.firstKey() < firstKept(open)) {
      long stretch = services.firstKey();
      judge.accept(takeFirst(stretch));
    }
  }

  private Stretch takeFirst(long stretch) {
    TreeSet<String> left = Objects.requireNonNull(services.get(stretch));
    String service = left.first();
    left.remove(service);
    if (left.isEmpty()) {
      services.remove(stretch);
    }
    return new Stretch(service, stretch, take(service, stretch));
  }

  private long firstKept(long open) {
    return Math.max(open, services.lastKey() - MOST_STRETCHES);
  }

  private List<LifeObservation> take(String service, long stretch) {
    List<KeyValue<String, LifeObservation>> taken = new ArrayList<>();
    try (KeyValueIterator<String, LifeObservation> found =
        held.prefixScan(prefix(service, stretch), new StringSerializer())) {
      found.forEachRemaining(taken::add);
    }
    taken.forEach(each -> held.delete(each.key));
    return taken.stream().map(each -> each.value).toList();
  }
}
