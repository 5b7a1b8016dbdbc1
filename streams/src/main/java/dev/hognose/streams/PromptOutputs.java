package dev.hognose.streams;

import dev.hognose.sample.Event;
import dev.hognose.sample.Stopped;
import java.util.function.Predicate;
import org.apache.kafka.streams.processor.api.FixedKeyProcessorSupplier;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * What is committed as soon as it was forwarded, because a person waits for it or for what becomes
 * of it. All of it stands here; everything else waits for the interval of commits.
 *
 * <p>What waits, and why it may: trends, summaries and profiles are of minutes; what lives and
 * services say of leaks is of buckets; a dead letter is looked at later.
 *
 * @param pace of the threads that run this topology
 */
record PromptOutputs(CommitPace pace) {

  /** Somebody is called, or told that it is over. */
  <V> FixedKeyProcessorSupplier<String, V, V> alerts() {
    return prompt(alert -> true);
  }

  /** A block that is told to its service is an alert within the second, while it lasts. */
  FixedKeyProcessorSupplier<String, Event, Event> loopBlocks() {
    return prompt(block -> true);
  }

  /** A farewell tells a crash; what grows and what is hot is judged beside samples of minutes. */
  FixedKeyProcessorSupplier<byte[], Event, Event> eventsOfSamples() {
    return prompt(event -> event.what() instanceof Stopped);
  }

  /** What a process did not show before may be an alert now, see {@link NewSightings}. */
  PromptCommit newSightings(ProcessingContext context) {
    return new PromptCommit(pace, context);
  }

  private <K, V> FixedKeyProcessorSupplier<K, V, V> prompt(Predicate<V> isWaitedFor) {
    return () -> new PromptOutput<>(pace, isWaitedFor);
  }
}
