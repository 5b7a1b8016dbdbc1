package dev.hognose.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.wire.KeyedCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.internals.CachedStateStore;
import org.apache.kafka.streams.state.internals.WrappedStateStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is read is what was put; what the changelog has is what was there at the commit. */
class WrittenAtCommitTest {

  private static final int FIRST = 0;
  private static final int SECOND = 1;

  private final List<String> packed = new ArrayList<>();
  private final KeyedCodec<String> codec = new Marked();
  private final TreeMap<Bytes, byte[]> changelog = new TreeMap<>();
  private final RestoredBytes bytes = new RestoredBytes("within");
  private final WrittenAtCommit<String> store = storeOf(bytes);

  private WrittenAtCommit<String> storeOf(RestoredBytes restored) {
    WrittenAtCommit<String> started =
        new WrittenAtCommit<>(new Logged(restored), restored, codec, 2);
    started.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), started);
    return started;
  }

  /** What a task has that starts now. */
  private WrittenAtCommit<String> restored() {
    RestoredBytes restored = new RestoredBytes("restored");
    changelog.forEach(restored::put);
    return storeOf(restored);
  }

  /** As Kafka's store does that has a changelog: what is put goes there, too. */
  private final class Logged extends WrappedStateStore<RestoredBytes, Bytes, byte[]>
      implements KeyValueStore<Bytes, byte[]> {

    Logged(RestoredBytes within) {
      super(within);
    }

    @Override
    public void put(Bytes key, byte @Nullable [] value) {
      wrapped().put(key, value);
      if (value == null) {
        changelog.remove(key);
      } else {
        changelog.put(key, value);
      }
    }

    @Override
    public byte @Nullable [] putIfAbsent(Bytes key, byte[] value) {
      return wrapped().putIfAbsent(key, value);
    }

    @Override
    public void putAll(List<KeyValue<Bytes, byte[]>> entries) {
      wrapped().putAll(entries);
    }

    @Override
    public byte @Nullable [] delete(Bytes key) {
      return wrapped().delete(key);
    }

    @Override
    public byte @Nullable [] get(Bytes key) {
      return wrapped().get(key);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> range(Bytes from, Bytes to) {
      return wrapped().range(from, to);
    }

    @Override
    public KeyValueIterator<Bytes, byte[]> all() {
      return wrapped().all();
    }

    @Override
    public long approximateNumEntries() {
      return wrapped().approximateNumEntries();
    }
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
    bytes.put(key("a"), StateFormat.marked(new byte[0]));

    assertThatThrownBy(() -> store.get("b"))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageStartingWith("the state in within cannot be read: nothing of a: expected more");
  }

  @Test
  void whatAnotherVersionWroteEndsThemToo() {
    bytes.put(key("a"), new byte[] {StateFormat.VERSION - 1, '1'});

    assertThatThrownBy(() -> store.get("b"))
        .isInstanceOf(UnreadableStateException.class)
        .hasMessageStartingWith("the state in within was written by another version of hognose");
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
    assertThat(content(restored()))
        .containsExactly(KeyValue.pair("a", "a3"), KeyValue.pair("b", "b2"));
  }

  @Test
  void whatIsDeletedIsGoneFromTheChangelogWithTheNextCommit() {
    store.put("a", "a1");
    store.flushCache();

    assertThat(store.delete("a")).isEqualTo("a1");
    assertThat(store.get("a")).isNull();
    assertThat(content(restored())).containsExactly(KeyValue.pair("a", "a1"));

    store.flushCache();
    assertThat(changelog).isEmpty();
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

    assertThat(content(restored())).containsExactly(KeyValue.pair("a", "a1"));
  }

  @Test
  void whatIsKnownAsObjectsHasNoBytesBeside() {
    bytes.put(key("a"), StateFormat.marked("1".getBytes(UTF_8)));

    assertThat(store.get("a")).isEqualTo("a1");
    store.put("b", "b2");
    store.flushCache();

    assertThat(bytes.take()).isEmpty();
  }

  @Test
  void aStandbyHasWhatTheTaskHadAndReadsWhatOthersWrite() {
    store.put("a", "a1");
    store.put("b", "b2");
    store.put("c", "c3");
    store.flushCache();
    store.clearCache();
    bytes.put(key("a"), StateFormat.marked("4".getBytes(UTF_8)));
    bytes.put(key("b"), null);

    assertThat(content(store)).containsExactly(KeyValue.pair("a", "a4"), KeyValue.pair("c", "c3"));
  }

  /** Kafka closes its store and opens the same one again. */
  @Test
  void aTaskWhoseTransactionWasAbortedHasWhatWasCommitted() {
    store.put("a", "a1");
    store.flushCache();
    store.put("a", "a2");
    store.put("b", "b3");
    store.close();
    store.init(new MockProcessorContext<Void, Void>().getStateStoreContext(), store);
    changelog.forEach(bytes::put);

    assertThat(content(store)).containsExactly(KeyValue.pair("a", "a1"));
    store.flushCache();
    assertThat(packed).containsExactly("a1");
  }

  @Test
  void aStandbyIsNotMadeOfWhatWasNotCommitted() {
    store.put("a", "a1");

    assertThatThrownBy(store::clearCache)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("within: 1 changes were not written");
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
    store.await(FIRST, "b", 0, Duration.ofSeconds(2));
    store.await(FIRST, "a", 0, Duration.ofSeconds(1));
    store.await(FIRST, "a", 900, Duration.ofSeconds(1));

    assertThat(due(FIRST, 1_899)).isEmpty();
    assertThat(due(FIRST, 2_000)).containsExactly("a", "b");
    assertThat(due(FIRST, 9_000)).isEmpty();
  }

  @Test
  void whoIsBehindAKeyThatFailsIsStillDue() {
    for (String key : List.of("a", "b", "c")) {
      store.put(key, key);
      store.await(FIRST, key, 0, Duration.ofSeconds(1));
    }

    assertThatThrownBy(() -> store.takeDue(FIRST, 2_000, WrittenAtCommitTest::failAtB))
        .hasMessage("b");
    assertThat(due(FIRST, 3_000)).containsExactly("c");
  }

  private static void failAtB(String key) {
    if (key.equals("b")) {
      throw new IllegalStateException(key);
    }
  }

  private List<String> due(int who, long nowMs) {
    List<String> due = new ArrayList<>();
    store.takeDue(who, nowMs, due::add);
    return due;
  }

  @Test
  void eachWaitsForItself() {
    store.put("a", "a1");
    store.await(FIRST, "a", 0, Duration.ofSeconds(1));
    store.await(SECOND, "a", 0, Duration.ofSeconds(2));

    assertThat(due(FIRST, 3_000)).containsExactly("a");
    assertThat(due(SECOND, 3_000)).containsExactly("a");

    store.await(FIRST, "a", 0, Duration.ofSeconds(1));
    store.await(SECOND, "a", 0, Duration.ofSeconds(2));
    store.awaitNothing(FIRST, "a");

    assertThat(due(FIRST, 3_000)).isEmpty();
    assertThat(due(SECOND, 3_000)).containsExactly("a");
  }

  @Test
  void waitingWritesNothingAndOutlivesACommit() {
    store.put("a", "a1");
    store.flushCache();
    store.await(FIRST, "a", 0, Duration.ofSeconds(1));
    store.flushCache();

    assertThat(packed).containsExactly("a1");
    assertThat(due(FIRST, 1_000)).containsExactly("a");
  }

  @Test
  void nothingWaitsForWhatIsNotThere() {
    store.await(FIRST, "a", 0, Duration.ofSeconds(1));
    store.put("b", "b1");
    store.await(FIRST, "b", 0, Duration.ofSeconds(1));
    store.delete("b");
    store.flushCache();
    store.put("b", "b2");

    assertThat(due(FIRST, 9_000)).isEmpty();
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
    assertThat(content(restored())).containsExactly(KeyValue.pair("a", "a2"));
  }

  @Test
  void kafkaKnowsItAsACacheAndSoWritesItBeforeEachCommit() {
    KeyValueStore<String, String> built =
        Stored.unpacked("built", codec).withLoggingDisabled().build();

    assertThat(built).isInstanceOf(CachedStateStore.class);
  }

  private static Bytes key(String key) {
    return Bytes.wrap(key.getBytes(UTF_8));
  }

  private static List<KeyValue<String, String>> content(KeyValueStore<String, String> store) {
    List<KeyValue<String, String>> content = new ArrayList<>();
    try (KeyValueIterator<String, String> all = store.all()) {
      all.forEachRemaining(content::add);
    }
    return content;
  }
}
