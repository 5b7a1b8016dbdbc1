package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.LeakLife;
import dev.hognose.limit.LimitLife;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.KeyedCodec;
import dev.hognose.wire.MalformedRecordException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;

/** Each judge sees its part of what is known of a process, and nothing of the others'. */
class KnownProcessTest {

  private static final ProcessId PROCESS = new ProcessId("orders", "web-1", 7, T0);
  private static final String KEY = PROCESS.key();
  private static final LeakLife LEAK = LeakLife.begin(PROCESS);
  private static final LimitLife LIMIT = LimitLife.begin(PROCESS);
  private static final SequenceWindow SEQUENCES = SequenceWindow.EMPTY.with(7, T0);

  private final MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
  private final KeyValueStore<String, KnownProcess> store =
      KnownProcess.store().withLoggingDisabled().build();
  private final Part<KnownProcess, LeakLife> leaks;
  private final Part<KnownProcess, LimitLife> limits;

  KnownProcessTest() {
    store.init(context.getStateStoreContext(), store);
    context.addStateStore(store);
    leaks = Part.of(context, KnownProcess.LEAK);
    limits = Part.of(context, KnownProcess.LIMIT);
  }

  @Test
  void aPartIsThereOnceItsJudgeHasPutIt() {
    leaks.put(KEY, LEAK);

    assertThat(leaks.get(KEY)).isSameAs(LEAK);
    assertThat(limits.get(KEY)).isNull();
    assertThat(keys(leaks)).containsExactly(KEY);
    assertThat(keys(limits)).isEmpty();
  }

  @Test
  void whoTakesItsPartAwayLeavesThoseOfOthers() {
    leaks.put(KEY, LEAK);
    limits.put(KEY, LIMIT);
    leaks.delete(KEY);

    assertThat(leaks.get(KEY)).isNull();
    assertThat(limits.get(KEY)).isSameAs(LIMIT);
  }

  @Test
  void aProcessThatNobodyKnowsAnythingOfIsGone() {
    leaks.put(KEY, LEAK);
    limits.put(KEY, LIMIT);
    limits.delete(KEY);
    leaks.delete(KEY);
    leaks.delete("never heard of");

    assertThat(store.get(KEY)).isNull();
  }

  @Test
  void eachHasItsOwnTimeToLookAgain() {
    leaks.put(KEY, LEAK);
    limits.put(KEY, LIMIT);
    leaks.await(KEY, 0, Duration.ofSeconds(1));
    limits.await(KEY, 0, Duration.ofSeconds(2));

    assertThat(due(limits, 1_500)).isEmpty();
    assertThat(due(leaks, 1_500)).containsExactly(KEY);
    assertThat(due(limits, 2_000)).containsExactly(KEY);
  }

  private static List<String> due(Part<?, ?> part, long nowMs) {
    List<String> due = new ArrayList<>();
    part.takeDue(nowMs, due::add);
    return due;
  }

  @Test
  void whatWasTakenAwayIsNotWaitedForEvenIfItComesAgain() {
    leaks.put(KEY, LEAK);
    limits.put(KEY, LIMIT);
    leaks.await(KEY, 0, Duration.ofSeconds(1));
    leaks.delete(KEY);
    leaks.put(KEY, LEAK);

    assertThat(due(leaks, 9_000)).isEmpty();
  }

  @Test
  void whatIsReadIsWhatWasPackedWhicheverPartsThereAre() {
    KeyedCodec<KnownProcess> codec = KnownProcess.codec();
    for (int parts = 1; parts < 8; parts++) {
      KnownProcess known =
          new KnownProcess(
              (parts & 1) == 0 ? null : SEQUENCES,
              (parts & 2) == 0 ? null : LEAK,
              (parts & 4) == 0 ? null : LIMIT,
              null);

      KnownProcess read = codec.decode(KEY, codec.encode(known));

      assertThat(read.sequences() == null).isEqualTo(known.sequences() == null);
      assertThat(read.leak() == null).isEqualTo(known.leak() == null);
      assertThat(read.limit()).isEqualTo(known.limit());
      assertThat(read.figures()).isNull();
      assertThat(codec.encode(read)).isEqualTo(codec.encode(known));
    }
  }

  @Test
  void whatIsCutOffOrLongerIsRefused() {
    KeyedCodec<KnownProcess> codec = KnownProcess.codec();
    byte[] whole = codec.encode(new KnownProcess(SEQUENCES, null, LIMIT, null));

    for (int length = 0; length < whole.length; length++) {
      byte[] cut = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> codec.decode(KEY, cut))
          .isInstanceOf(MalformedRecordException.class)
          .hasMessage(length + " bytes of " + KEY + ": expected more");
    }
    assertThatThrownBy(() -> codec.decode(KEY, Arrays.copyOf(whole, whole.length + 2)))
        .hasMessage("2 bytes behind what is kept of " + KEY + ": expected none");
  }

  private static List<String> keys(Part<?, ?> part) {
    List<String> keys = new ArrayList<>();
    part.forEach((key, value) -> keys.add(key));
    return keys;
  }
}
