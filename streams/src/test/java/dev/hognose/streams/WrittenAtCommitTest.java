package dev.hognose.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
  private final KeyValueStore<String, String> within =
      Stored.inMemory(
              "within",
              Serdes.String(),
              Stored.<String>packed(this::pack, bytes -> new String(bytes, UTF_8)))
          .withLoggingDisabled()
          .build();
  private final WrittenAtCommit<String> store = new WrittenAtCommit<>(within);

  WrittenAtCommitTest() {
    MockProcessorContext<Void, Void> context = new MockProcessorContext<>();
    within.init(context.getStateStoreContext(), within);
  }

  private byte[] pack(String value) {
    packed.add(value);
    return value.getBytes(UTF_8);
  }

  @Test
  void ofSeveralChangesOnlyTheLastIsPacked() {
    store.put("a", "1");
    store.put("b", "2");
    store.put("a", "3");

    assertThat(store.get("a")).isEqualTo("3");
    assertThat(packed).isEmpty();

    store.flushCache();
    store.flushCache();

    assertThat(packed).containsExactly("3", "2");
    assertThat(content(within)).containsExactly(KeyValue.pair("a", "3"), KeyValue.pair("b", "2"));
  }

  @Test
  void whatIsDeletedIsGoneFromBoth() {
    store.put("a", "1");
    store.flushCache();

    assertThat(store.delete("a")).isEqualTo("1");
    assertThat(store.get("a")).isNull();
    assertThat(within.get("a")).isEqualTo("1");

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
    store.put("a", "1");
    store.flushCache();
    store.put("a", "2");
    store.put("b", "3");

    assertThat(content(new WrittenAtCommit<>(within))).containsExactly(KeyValue.pair("a", "1"));
  }

  @Test
  void aStandbyForgetsWhatItHadAndReadsWhatWasRestored() {
    store.put("a", "1");
    store.flushCache();
    store.put("a", "2");
    store.clearCache();
    within.put("a", "4");
    store.flushCache();

    assertThat(store.get("a")).isEqualTo("4");
  }

  @Test
  void entriesComeInTheOrderOfTheirKeysAndOnlyThose() {
    store.put("c", "3");
    store.put("a", "1");
    store.putIfAbsent("a", "2");
    store.putAll(List.of(KeyValue.pair("b", "2")));

    assertThat(content(store))
        .containsExactly(KeyValue.pair("a", "1"), KeyValue.pair("b", "2"), KeyValue.pair("c", "3"));
    assertThat(store.approximateNumEntries()).isEqualTo(3);
    assertThatThrownBy(() -> store.range("a", "b")).hasMessageContaining("within is read by key");
  }

  @Test
  void kafkaKnowsItAsACacheAndSoWritesItBeforeEachCommit() {
    KeyValueStore<String, String> built =
        Stored.unpacked("built", Serdes.String()).withLoggingDisabled().build();

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
