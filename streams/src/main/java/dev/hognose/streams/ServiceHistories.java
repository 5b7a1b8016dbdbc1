package dev.hognose.streams;

import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceHistory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What a task knows of its services, in two stores: histories, which only the closing of a stretch
 * changes, and one by one the observations that wait for it. A history may have hundreds of
 * kilobytes, an observation has hundreds of bytes.
 */
final class ServiceHistories {

  static final String HISTORIES = "leak-services";
  static final String WAITING = "leak-services-waiting";

  /** No service has control characters in its name. */
  private static final String SEPARATOR = "\n";

  private final ServiceDetector detector;
  private final KeyValueStore<String, ServiceHistory> histories;
  private final KeyValueStore<String, LifeObservation> waiting;
  private final Map<String, ServiceHistory> unpacked = new HashMap<>();

  ServiceHistories(ServiceDetector detector, ProcessorContext<?, ?> context) {
    this.detector = detector;
    histories = context.getStateStore(HISTORIES);
    waiting = context.getStateStore(WAITING);
  }

  static Set<StoreBuilder<?>> stores() {
    return Set.of(
        Stored.inMemory(
            HISTORIES,
            Serdes.String(),
            Stored.packed(ServiceHistory::pack, ServiceHistory::unpack)),
        Stored.inMemory(
            WAITING,
            Serdes.String(),
            Stored.packed(LifeObservation::pack, LifeObservation::unpack)));
  }

  ServiceHistory get(String service) {
    return unpacked.computeIfAbsent(service, this::stored);
  }

  private ServiceHistory stored(String service) {
    ServiceHistory history = histories.get(service);
    if (history == null) {
      history = ServiceHistory.initial();
    }
    try (KeyValueIterator<String, LifeObservation> open =
        waiting.prefixScan(service + SEPARATOR, new StringSerializer())) {
      while (open.hasNext()) {
        history = detector.next(history, open.next().value).history();
      }
    }
    return history;
  }

  /** Keeps a history that became of another by an observation. */
  void put(String service, ServiceHistory after, LifeObservation observation) {
    ServiceHistory before = get(service);
    if (!after.hasStretchOf(before)) {
      before.waiting().keySet().forEach(place -> waiting.delete(key(service, place)));
      histories.put(service, after.withoutWaiting());
    }
    waiting.put(key(service, observation.place()), observation);
    unpacked.put(service, after);
  }

  private static String key(String service, String place) {
    return service + SEPARATOR + place;
  }

  void delete(String service) {
    get(service).waiting().keySet().forEach(place -> waiting.delete(key(service, place)));
    histories.delete(service);
    unpacked.remove(service);
  }

  /** Names of all services that something is known of. */
  Set<String> services() {
    Set<String> services = new HashSet<>();
    try (KeyValueIterator<String, ServiceHistory> known = histories.all()) {
      known.forEachRemaining(each -> services.add(each.key));
    }
    return services;
  }
}
