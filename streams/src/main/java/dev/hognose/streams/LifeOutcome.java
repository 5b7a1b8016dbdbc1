package dev.hognose.streams;

import dev.hognose.leak.ServiceStep;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;

/**
 * What became of what a process showed to the others of its service: shown = counted + the reasons
 * why it is ignored, by the names of {@link ServiceStep.Reason}.
 */
enum LifeOutcome {
  COUNTED,
  LATE,
  EARLIER_LIFE,
  CROWDED;

  static LifeOutcome of(ServiceStep step) {
    return step.ignored().map(reason -> valueOf(reason.name())).orElse(COUNTED);
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
