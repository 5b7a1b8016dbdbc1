package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.LifeObservation;
import dev.hognose.streams.HeldObservations.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is held of a stretch is taken out when it is over, and nothing else is. */
class HeldObservationsTest {

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final KeyValueStore<String, LifeObservation> store =
      HeldObservations.store().withLoggingDisabled().build();

  @BeforeEach
  void add() {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  /** Services and stretches, three of each. */
  private HeldObservations held() {
    HeldObservations held = new HeldObservations(context);
    for (String service : List.of("c", "a", "b")) {
      for (long stretch : new long[] {7, 5, 6}) {
        held.put(service, stretch, observation("web-1/7"));
      }
    }
    return held;
  }

  private static List<String> over(HeldObservations held, long open) {
    List<String> over = new ArrayList<>();
    held.takeBefore(open, stretch -> over.add(stretch.service() + stretch.number()));
    return over;
  }

  @Test
  void stretchesBeforeTheOpenOneAreTakenInTheirOrder() {
    HeldObservations held = held();

    assertThat(over(held, 5)).isEmpty();
    assertThat(over(held, 7)).containsExactly("a5", "b5", "c5", "a6", "b6", "c6");
    assertThat(over(held, 8)).containsExactly("a7", "b7", "c7");
    assertThat(over(new HeldObservations(context), 8)).isEmpty();
  }

  @Test
  void whoIsBehindAServiceThatFailsIsStillHeld() {
    HeldObservations held = held();

    assertThatThrownBy(() -> held.takeBefore(6, HeldObservationsTest::failAtB)).hasMessage("b");
    assertThat(over(held, 7)).containsExactly("c5", "a6", "b6", "c6");
  }

  private static void failAtB(Stretch stretch) {
    if (stretch.service().equals("b")) {
      throw new IllegalStateException("b");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-1", " ", "\u00ff", "\uffff", "\ud83d\udc0d", "\udbff\udfff"})
  void whateverTheHostIsCalledItsObservationsAreTaken(String host) {
    LifeObservation shown = observation(host + "/42");
    HeldObservations held = new HeldObservations(context);
    held.put("orders", 7, shown);

    List<Stretch> taken = new ArrayList<>();
    held.takeBefore(8, taken::add);

    assertThat(taken).containsExactly(new Stretch("orders", 7, List.of(shown)));
    try (KeyValueIterator<String, LifeObservation> left = store.all()) {
      assertThat(left).isExhausted();
    }
  }

  @Test
  void servicesWhoseNamesBeginAlikeAreTakenApart() {
    HeldObservations held = new HeldObservations(context);
    for (String service : List.of("order", "orders", "orders ", "orders2")) {
      held.put(service, 15, observation("web-1/42"));
      held.put(service, 16, observation("web-1/42"));
    }

    assertThat(over(held, 16)).containsExactly("order15", "orders15", "orders 15", "orders215");
    assertThat(over(held, 17)).containsExactly("order16", "orders16", "orders 16", "orders216");
  }

  private static LifeObservation observation(String place) {
    return new LifeObservation(
        place, 8_000, 1_000, true, 70_000, 60_000, List.of(), "1.4.2", 0, Optional.empty());
  }
}
