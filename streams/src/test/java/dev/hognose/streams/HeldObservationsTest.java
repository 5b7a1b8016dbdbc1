package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.LifeObservation;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held of a stretch is taken out when it is over, and nothing else is. */
class HeldObservationsTest {

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final KeyValueStore<String, LifeObservation> store =
      HeldObservations.store().withLoggingDisabled().build();
  private final HeldObservations held;

  HeldObservationsTest() {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    held = new HeldObservations(context);
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-1", " ", "\u00ff", "\uffff", "\ud83d\udc0d", "\udbff\udfff"})
  void whateverTheHostIsCalledItsObservationsAreTaken(String host) {
    LifeObservation shown = observation(host + "/42");
    held.put("orders", 7, shown);

    assertThat(held.takeBefore(8))
        .containsExactly(new HeldObservations.Stretch("orders", 7, List.of(shown)));
    try (KeyValueIterator<String, LifeObservation> left = store.all()) {
      assertThat(left).isExhausted();
    }
  }

  @Test
  void otherServicesAndLaterStretchesStay() {
    LifeObservation shown = observation("web-1/42");
    for (String service : List.of("order", "orders", "orders ", "orders2")) {
      held.put(service, 15, shown);
      held.put(service, 16, shown);
    }

    assertThat(held.takeBefore(16))
        .extracting(HeldObservations.Stretch::service)
        .containsExactly("order", "orders", "orders ", "orders2");
    assertThat(held.takeBefore(17))
        .hasSize(4)
        .allSatisfy(stretch -> assertThat(stretch.observations()).containsExactly(shown));
  }

  private static LifeObservation observation(String place) {
    return new LifeObservation(
        place, 8_000, 1_000, true, 70_000, 60_000, List.of(), "1.4.2", 0, Optional.empty());
  }
}
