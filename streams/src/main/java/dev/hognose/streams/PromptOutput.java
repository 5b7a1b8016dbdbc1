package dev.hognose.streams;

import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.FixedKeyProcessor;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorContext;
import org.apache.kafka.streams.processor.api.FixedKeyRecord;

/** Passes everything on, and has it committed promptly where a person waits for it. */
final class PromptOutput<K, V> implements FixedKeyProcessor<K, V, V> {

  private final CommitPace pace;
  private final Predicate<V> isWaitedFor;
  private FixedKeyProcessorContext<K, V> context;
  private PromptCommit commit;

  @SuppressWarnings("NullAway.Init")
  PromptOutput(CommitPace pace, Predicate<V> isWaitedFor) {
    this.pace = pace;
    this.isWaitedFor = isWaitedFor;
  }

  @Override
  public void init(FixedKeyProcessorContext<K, V> context) {
    this.context = context;
    commit = new PromptCommit(pace, context);
  }

  @Override
  public void process(FixedKeyRecord<K, V> record) {
    context.forward(record);
    if (isWaitedFor.test(record.value())) {
      commit.ask(record.timestamp());
    }
  }
}
