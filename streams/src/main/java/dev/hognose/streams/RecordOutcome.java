package dev.hognose.streams;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/** What became of a record of a topic: received = applied + doubled + stale + malformed. */
enum RecordOutcome {
  APPLIED,
  /** Seen before. */
  DOUBLED,
  /** Too old to tell whether it was seen before. */
  STALE,
  /** Could not be read; it is in the dead letters. */
  MALFORMED;

  static OutcomeCounters<RecordOutcome> counters(String topic, MeterRegistry registry) {
    return new OutcomeCounters<>(
        RecordOutcome.class,
        outcome ->
            Counter.builder("hognose.streams.records")
                .description("Consumed records by what became of them")
                .tags("topic", topic, "outcome", outcome)
                .register(registry));
  }
}
