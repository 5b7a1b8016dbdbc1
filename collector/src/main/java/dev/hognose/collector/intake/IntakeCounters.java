package dev.hognose.collector.intake;

import dev.hognose.collector.fleet.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What became of each record of a topic. The outcomes are exhaustive: their sum is what was
 * received.
 */
record IntakeCounters(Counter applied, Counter stale, Counter malformed) {

  static IntakeCounters of(String topic, MeterRegistry registry) {
    return new IntakeCounters(
        outcome("applied", topic, registry),
        outcome("stale", topic, registry),
        outcome("malformed", topic, registry));
  }

  void count(Outcome outcome) {
    switch (outcome) {
      case APPLIED -> applied.increment();
      case STALE -> stale.increment();
    }
  }

  private static Counter outcome(String outcome, String topic, MeterRegistry registry) {
    return Counter.builder("hognose.collector.records")
        .description("Records read from the topics, by what became of them")
        .tags("topic", topic, "outcome", outcome)
        .register(registry);
  }
}
