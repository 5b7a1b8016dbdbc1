package dev.hognose.streams;

import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.UnheardWords;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;

/** What services said of processes that have not been heard since, in its order. */
final class WaitingWords {

  static final String WORDS = "leak-words";

  private final KeyValueStore<String, UnheardWords> words;

  WaitingWords(ProcessorContext<?, ?> context) {
    words = context.getStateStore(WORDS);
  }

  static StoreBuilder<KeyValueStore<String, UnheardWords>> store() {
    return Stored.unpacked(WORDS, LeakServiceTopology.unheard());
  }

  /** Lets a process hear its words one after the other, until one is on a time yet to come. */
  void hear(String process, Predicate<ServiceWord> isReached, Consumer<ServiceWord> hearing) {
    UnheardWords before = words.get(process);
    if (before == null) {
      return;
    }
    UnheardWords unheard = before;
    while (!unheard.isEmpty() && isReached.test(unheard.first())) {
      ServiceWord word = unheard.first();
      unheard = unheard.afterFirst();
      hearing.accept(word);
    }
    if (unheard.isEmpty()) {
      words.delete(process);
    } else if (!unheard.equals(before)) {
      words.put(process, unheard);
    }
  }

  /** Keys of processes that words wait for. */
  List<String> processes() {
    List<String> keys = new ArrayList<>();
    try (KeyValueIterator<String, UnheardWords> waiting = words.all()) {
      waiting.forEachRemaining(each -> keys.add(each.key));
    }
    return keys;
  }

  void forget(String process) {
    words.delete(process);
  }
}
