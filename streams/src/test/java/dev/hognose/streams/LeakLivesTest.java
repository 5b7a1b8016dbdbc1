package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.LeakLife;
import dev.hognose.leak.ServiceWord;
import dev.hognose.sample.ProcessId;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.StoreBuilder;
import org.junit.jupiter.api.Test;

/** A task that starts knows of a life what the one before it knew. */
class LeakLivesTest {

  private static final ProcessId PROCESS = new ProcessId("orders", "web-1", 7, T0);
  private static final String KEY = PROCESS.key();
  private static final LeakLife LIFE = LeakLife.begin(PROCESS);
  private static final ServiceWord WORD = ProcessExamples.word();

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();

  LeakLivesTest() {
    add(KnownProcess.store());
    LeakLives.stores().forEach(this::add);
  }

  private void add(StoreBuilder<?> builder) {
    StateStore store = builder.withLoggingDisabled().build();
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
  }

  @Test
  void theWordOfItsServiceIsKnown() {
    LeakLife heard = LIFE.with(WORD);
    new LeakLives(context).put(KEY, LIFE, heard);

    assertThat(new LeakLives(context).get(KEY)).contains(heard);
  }

  /** A clock was set back, or it was gone for long: the word was on another time. */
  @Test
  void aWordThatWasForgottenStaysForgotten() {
    LeakLives lives = new LeakLives(context);
    lives.put(KEY, LIFE, LIFE.with(WORD));
    lives.put(KEY, LIFE.with(WORD), LIFE);

    assertThat(new LeakLives(context).get(KEY).flatMap(LeakLife::word)).isEmpty();
  }
}
