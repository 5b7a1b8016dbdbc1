package dev.hognose.streams;

import dev.hognose.leak.Outcome;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What became of the memory figures of each sample: applied = counted + changed + believed + the
 * reasons why figures are ignored, by the names of {@link Outcome.Reason}.
 */
enum ReadingOutcome {
  COUNTED,
  /** It closed a bucket that changed a verdict. */
  CHANGED,
  /** Readings like it were ignored until it was clear that nothing else comes. */
  BELIEVED,
  FAILED_READ,
  LATE,
  CLOCK_BEHIND,
  CLOCK_AHEAD,
  EARLIER_LIFE,
  OTHER_FIGURE,
  IMPLAUSIBLE_TIME,
  IMPLAUSIBLE_FIGURE;

  static ReadingOutcome of(Outcome outcome) {
    return outcome.match(
        counted -> COUNTED,
        told -> CHANGED,
        believed -> BELIEVED,
        ignored -> valueOf(ignored.reason().name()));
  }

  static OutcomeCounters<ReadingOutcome> counters(MeterRegistry registry) {
    return new OutcomeCounters<>(
        ReadingOutcome.class,
        outcome ->
            Counter.builder("hognose.streams.leak.readings")
                .description("Memory figures of samples by what became of them")
                .tags("outcome", outcome)
                .register(registry));
  }
}
