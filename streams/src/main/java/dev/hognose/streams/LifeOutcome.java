package dev.hognose.streams;

import dev.hognose.leak.ServiceStep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What became of what a process showed to the others of its service, by the names of {@link
 * ServiceStep.Fate}: shown = the sum of them, and of what waits for its stretch to end.
 */
enum LifeOutcome {
  COUNTED,
  LATE,
  EARLIER_LIFE,
  CROWDED,
  /** A later one of its place counts in its stretch. */
  REPLACED;

  static LifeOutcome of(ServiceStep.Fate fate) {
    return valueOf(fate.name());
  }

  static OutcomeCounters<LifeOutcome> counters(MeterRegistry registry) {
    return new OutcomeCounters<>(
        LifeOutcome.class,
        outcome ->
            Counter.builder("hognose.streams.leak.lives")
                .description(
                    "Observations of processes within their services by what became of them")
                .tags("outcome", outcome)
                .register(registry));
  }
}
