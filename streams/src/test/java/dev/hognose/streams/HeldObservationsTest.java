package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.LifeObservation;
import dev.hognose.streams.HeldObservations.Stretch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HeldObservationsTest {

  private static final LifeObservation SHOWN =
      new LifeObservation(
          "web-1/7", 60_000, 0, true, 100, 50, List.of(), "1.4.2", 0, Optional.empty());

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();

  @BeforeEach
  void add() {
    StateStore store = HeldObservations.store().withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  /** Services and stretches, three of each. */
  private HeldObservations held() {
    HeldObservations held = new HeldObservations(context);
    for (String service : List.of("c", "a", "b")) {
      for (long stretch : new long[] {7, 5, 6}) {
        held.put(service, stretch, SHOWN);
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
}
