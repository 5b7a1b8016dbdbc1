package dev.hognose.streams;

import dev.hognose.leak.ServiceHistory;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/**
 * What a task knows of its services. A history may have hundreds of kilobytes, and changes once in
 * a stretch.
 */
final class ServiceHistories {

  static final String HISTORIES = "leak-services";

  private final KeyValueStore<String, ServiceHistory> histories;
  private final Map<String, ServiceHistory> unpacked = new HashMap<>();

  ServiceHistories(ProcessorContext<?, ?> context) {
    histories = context.getStateStore(HISTORIES);
  }

  static StoreBuilder<KeyValueStore<String, ServiceHistory>> store() {
    return Stored.inMemory(
        HISTORIES,
        Serdes.String(),
        Stored.packed(ServiceHistory::pack, ServiceHistory::unpack).serde());
  }

  ServiceHistory get(String service) {
    return unpacked.computeIfAbsent(
        service,
        name -> Optional.ofNullable(histories.get(name)).orElseGet(ServiceHistory::initial));
  }

  void put(String service, ServiceHistory history) {
    histories.put(service, history);
    unpacked.put(service, history);
  }

  void delete(String service) {
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
