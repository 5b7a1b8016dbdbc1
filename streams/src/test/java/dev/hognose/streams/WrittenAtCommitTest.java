package dev.hognose.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.wire.KeyedCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.junit.jupiter.api.Test;

/** What is read is what was put; what the store within has is what was there at the commit. */
class WrittenAtCommitTest {

  private final List<String> packed = new ArrayList<>();
  private final KeyedCodec<String> codec = new Marked();
  private final KeyValueStore<String, byte[]> within =
      Stored.inMemory("within", Serdes.String(), Serdes.ByteArray()).withLoggingDisabled().build();
  private final WrittenAtCommit<String> store = new WrittenAtCommit<>(within, codec);

  WrittenAtCommitTest() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    within.init(context.getStateStoreContext(), within);
  }

  /** What a value has of its key is not packed. */
  private final class Marked implements KeyedCodec<String> {

    @Override
    public byte[] encode(String value) {
      packed.add(value);
      return value.substring(1).getBytes(UTF_8);
    }

    @Override
    public String decode(String key, byte[] bytes) {
      if (bytes.length == 0) {
        throw new IllegalArgumentException("nothing of " + key + ": expected more");
      }
      return key + new String(bytes, UTF_8);
    }
  }

  @Test
  void whatCannotBeReadEndsTheStreamsWithASentence() {
    within.put("a", new byte[0]);

    assertThatThrownBy(() -> store.get("b"))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageStartingWith("the state in within cannot be read: nothing of a: expected more");
  }

  @Test
  void ofSeveralChangesOnlyTheLastIsPacked() {
    store.put("a", "a1");
    store.put("b", "b2");
    store.put("a", "a3");

    assertThat(store.get("a")).isEqualTo("a3");
    assertThat(packed).isEmpty();

    store.flushCache();
    store.flushCache();

    assertThat(packed).containsExactly("a3", "b2");
    assertThat(content(new WrittenAtCommit<>(within, codec)))
        .containsExactly(KeyValue.pair("a", "a3"), KeyValue.pair("b", "b2"));
  }

  @Test
  void whatIsDeletedIsGoneFromBoth() {
    store.put("a", "a1");
    store.flushCache();

    assertThat(store.delete("a")).isEqualTo("a1");
    assertThat(store.get("a")).isNull();
    assertThat(within.get("a")).asString(UTF_8).isEqualTo("1");

    store.flushCache();
    assertThat(within.get("a")).isNull();
  }

  @Test
  void deletingWhatIsNotThereWritesNothing() {
    assertThat(store.delete("a")).isNull();
    store.flushCache();

    assertThat(packed).isEmpty();
  }

  @Test
  void aTaskThatStartsFindsWhatWasCommittedAndNoMore() {
    store.put("a", "a1");
    store.flushCache();
    store.put("a", "a2");
    store.put("b", "b3");

    assertThat(content(new WrittenAtCommit<>(within, codec)))
        .containsExactly(KeyValue.pair("a", "a1"));
  }

  @Test
  void aStandbyForgetsWhatItHadAndReadsWhatWasRestored() {
    store.put("a", "a1");
    store.flushCache();
    store.put("a", "a2");
    store.clearCache();
    within.put("a", "4".getBytes(UTF_8));
    store.flushCache();

    assertThat(store.get("a")).isEqualTo("a4");
  }

  @Test
  void entriesComeInTheOrderOfTheirKeysAndOnlyThose() {
    store.put("c", "c3");
    store.put("a", "a1");
    store.putIfAbsent("a", "a2");
    store.putAll(List.of(KeyValue.pair("b", "b2")));

    assertThat(content(store))
        .containsExactly(
            KeyValue.pair("a", "a1"), KeyValue.pair("b", "b2"), KeyValue.pair("c", "c3"));
    assertThat(store.approximateNumEntries()).isEqualTo(3);
    assertThatThrownBy(() -> store.range("a", "b")).hasMessageContaining("within is read by key");
  }

  @Test
  void aKeyIsDueOnceItsWaitIsOverAndTheLastWaitCounts() {
    store.put("b", "b1");
    store.put("a", "a1");
    store.await("b", 0, Duration.ofSeconds(2));
    store.await("a", 0, Duration.ofSeconds(1));
    store.await("a", 900, Duration.ofSeconds(1));

    assertThat(store.takeDue(1_899)).isEmpty();
    assertThat(store.takeDue(2_000)).containsExactly("a", "b");
    assertThat(store.takeDue(9_000)).isEmpty();
  }

  @Test
  void waitingWritesNothingAndOutlivesACommit() {
    store.put("a", "a1");
    store.flushCache();
    store.await("a", 0, Duration.ofSeconds(1));
    store.flushCache();

    assertThat(packed).containsExactly("a1");
    assertThat(store.takeDue(1_000)).containsExactly("a");
  }

  @Test
  void nothingWaitsForWhatIsNotThere() {
    store.await("a", 0, Duration.ofSeconds(1));
    store.put("b", "b1");
    store.await("b", 0, Duration.ofSeconds(1));
    store.delete("b");
    store.flushCache();
    store.put("b", "b2");

    assertThat(store.takeDue(9_000)).isEmpty();
  }

  @Test
  void anotherFormOfWhatIsThereIsReadAndNotWritten() {
    store.put("a", "a1");
    store.flushCache();
    store.enrich("a", "a1 and more");
    store.enrich("b", "b is not there");
    store.flushCache();

    assertThat(content(store)).containsExactly(KeyValue.pair("a", "a1 and more"));
    assertThat(packed).containsExactly("a1");
  }

  /** As after a commit that took out what was asked for last. */
  @Test
  void whatWasAskedForLastIsNotRememberedForLongerThanItIsThere() {
    store.put("a", "a1");
    store.delete("a");
    store.flushCache();
    store.put("a", "a2");
    store.flushCache();

    assertThat(store.get("a")).isEqualTo("a2");
    assertThat(content(new WrittenAtCommit<>(within, codec)))
        .containsExactly(KeyValue.pair("a", "a2"));
  }

  @Test
  void kafkaKnowsItAsACacheAndSoWritesItBeforeEachCommit() {
    KeyValueStore<String, String> built =
        Stored.unpacked("built", codec).withLoggingDisabled().build();

    assertThat(built).isInstanceOf(CachedStateStore.class);
  }

  private static List<KeyValue<String, String>> content(KeyValueStore<String, String> store) {
    List<KeyValue<String, String>> content = new ArrayList<>();
    try (KeyValueIterator<String, String> all = store.all()) {
      all.forEachRemaining(content::add);
    }
    return content;
  }
}
