package dev.hognose.streams;

import dev.hognose.leak.LifeObservation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What lives have shown and is held back for a while, so that it can be judged in the order of its
 * times: the processes of a service are read from several partitions, and after a restart one may
 * be read hours before another.
 */
final class HeldObservations {

  static final String HELD = "leak-services-held";

  /** No service has control characters in its name. */
  private static final String SEPARATOR = "\n";

  private final KeyValueStore<String, LifeObservation> held;
  private final Deadlines deadlines = new Deadlines();
  private final Duration hold;

  /** Those that a task before this one held are held anew. */
  HeldObservations(ProcessorContext<?, ?> context, Duration hold) {
    this.held = context.getStateStore(HELD);
    this.hold = hold;
    long nowMs = context.currentSystemTimeMs();
    try (KeyValueIterator<String, LifeObservation> known = held.all()) {
      known.forEachRemaining(each -> deadlines.set(each.key, nowMs, hold));
    }
  }

  static StoreBuilder<?> store() {
    return Stored.inMemory(
        HELD, Serdes.String(), Stored.packed(LifeObservation::pack, LifeObservation::unpack));
  }

  void put(String service, LifeObservation observation, long nowMs) {
    String time = String.format("%016x", observation.atMs());
    String key = service + SEPARATOR + time + SEPARATOR + observation.place();
    held.put(key, observation);
    deadlines.set(key, nowMs, hold);
  }

  /**
   * Takes out what was held for long enough, and all that is of an earlier time.
   *
   * @return by service; of each in the order of their times
   */
  List<KeyValue<String, LifeObservation>> takeDue(long nowMs) {
    Map<String, String> latest = new TreeMap<>();
    for (String key : deadlines.takeDue(nowMs)) {
      String service = key.substring(0, key.indexOf(SEPARATOR));
      latest.merge(service, key, (one, other) -> one.compareTo(other) > 0 ? one : other);
    }
    List<KeyValue<String, LifeObservation>> due = new ArrayList<>();
    latest.forEach((service, last) -> take(service, last).forEach(due::add));
    return due;
  }

  private List<KeyValue<String, LifeObservation>> take(String service, String last) {
    List<KeyValue<String, LifeObservation>> taken = new ArrayList<>();
    try (KeyValueIterator<String, LifeObservation> first = held.range(service + SEPARATOR, last)) {
      first.forEachRemaining(taken::add);
    }
    List<KeyValue<String, LifeObservation>> due = new ArrayList<>();
    for (KeyValue<String, LifeObservation> each : taken) {
      held.delete(each.key);
      deadlines.take(each.key);
      due.add(KeyValue.pair(service, each.value));
    }
    return due;
  }
}
