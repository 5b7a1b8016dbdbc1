package dev.hognose.leak;

import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import java.util.function.Function;

/** What a process says that bears on its memory. */
public sealed interface Observation {

  /** Its figures at a moment. */
  record Sampled(Sample sample) implements Observation {}

  /** Something that happened once. */
  record Happened(Event event) implements Observation {}

  /** Exhaustive by construction: another kind breaks every caller at compile time. */
  default <R> R match(Function<Sampled, R> sampled, Function<Happened, R> happened) {
    if (this instanceof Sampled s) {
      return sampled.apply(s);
    }
    if (this instanceof Happened h) {
      return happened.apply(h);
    }
    throw new AssertionError(this);
  }
}
