package dev.hognose.sample;

import java.util.OptionalLong;

/**
 * What a number of things in an event must be: one that is too large to be is read as negative. A
 * sample's counters are not held to it, as one of them must not take the rest with it.
 */
final class Count {

  private Count() {}

  static void check(String what, long count) {
    if (count < 0) {
      throw new IllegalArgumentException(what + "=" + count + ": expected none or more");
    }
  }

  /** Absent is no number. */
  static void check(String what, OptionalLong count) {
    if (count.isPresent()) {
      check(what, count.getAsLong());
    }
  }
}
