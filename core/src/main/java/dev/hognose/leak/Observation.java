package dev.hognose.leak;

import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;
import java.util.function.Function;

/** What is heard of a process that bears on its memory. */
public sealed interface Observation {

  /** Its figures at a moment. */
  record Sampled(Sample sample) implements Observation {}

  /** Something that happened once. */
  record Happened(Event event) implements Observation {}

  /** What the lives of its service say of it. */
  record Judged(ServiceWord word) implements Observation {}

  /** Exhaustive by construction: another kind breaks every caller at compile time. */
  default <R> R match(
      Function<Sampled, R> sampled, Function<Happened, R> happened, Function<Judged, R> judged) {
    if (this instanceof Sampled s) {
      return sampled.apply(s);
    }
    if (this instanceof Happened h) {
      return happened.apply(h);
    }
    if (this instanceof Judged j) {
      return judged.apply(j);
    }
    throw new AssertionError(this);
  }
}
