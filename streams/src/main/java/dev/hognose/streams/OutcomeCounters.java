package dev.hognose.streams;

import io.micrometer.core.instrument.Counter;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Counts what became of things. Outcomes are exhaustive: their sum is what came, and every series
 * is there from the start. What is processed again after a failure is counted again.
 */
final class OutcomeCounters<E extends Enum<E>> {

  private final Map<E, Counter> counters;

  /**
   * Registers one for each outcome.
   *
   * @param registered for an outcome's name in lower case
   */
  OutcomeCounters(Class<E> outcomes, Function<String, Counter> registered) {
    counters = new EnumMap<>(outcomes);
    for (E outcome : outcomes.getEnumConstants()) {
      counters.put(outcome, registered.apply(outcome.name().toLowerCase(Locale.ROOT)));
    }
  }

  void count(E outcome) {
    Objects.requireNonNull(counters.get(outcome)).increment();
  }
}
