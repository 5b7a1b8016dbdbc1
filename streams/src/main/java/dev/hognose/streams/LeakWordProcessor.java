package dev.hognose.streams;

import dev.hognose.leak.LeakLife;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.UnheardWords;
import java.util.Optional;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Lays what a service says of a process beside the process's life, where each is heard in its turn
 * before the next thing that the process says. Words on forgotten processes end here.
 */
final class LeakWordProcessor implements Processor<String, ServiceWord, Void, Void> {

  private KeyValueStore<String, UnheardWords> words;
  private Part<KnownProcess, LeakLife> lives;

  @SuppressWarnings("NullAway.Init")
  LeakWordProcessor() {}

  @Override
  public void init(ProcessorContext<Void, Void> context) {
    words = context.getStateStore(WaitingWords.WORDS);
    lives = Part.of(context, KnownProcess.LEAK);
  }

  @Override
  public void process(Record<String, ServiceWord> record) {
    if (lives.get(record.key()) != null) {
      UnheardWords unheard = Optional.ofNullable(words.get(record.key())).orElse(UnheardWords.NONE);
      words.put(record.key(), unheard.and(record.value()));
    }
  }
}
