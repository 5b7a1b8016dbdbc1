package dev.hognose.streams;

import dev.hognose.sample.Event;
import dev.hognose.sample.Sample;

/** What a process said, on either topic, and what its judges take. */
sealed interface Heard {

  /** Its figures at one moment. */
  record OfSample(Sample sample) implements Heard {}

  /** What happened once. */
  record OfEvent(Event event) implements Heard {}
}
