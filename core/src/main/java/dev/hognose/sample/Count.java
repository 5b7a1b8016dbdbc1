package dev.hognose.sample;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What a number of things from outside must be: one that is too large to be is read as negative.
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

  /** Absent is no number. */
  static void check(String what, OptionalInt count) {
    if (count.isPresent()) {
      check(what, count.getAsInt());
    }
  }
}
