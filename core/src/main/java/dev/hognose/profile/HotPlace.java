package dev.hognose.profile;

import java.util.Comparator;

/**
 * How often a place was seen in stacks.
 *
 * @param place a function or a line of code
 * @param self how often as the innermost frame: it ran itself
 * @param total how often anywhere in a stack, once a stack
 */
public record HotPlace(String place, long self, long total) {

  /** By own time, then by all of it. */
  static final Comparator<HotPlace> HOTTEST =
      Comparator.comparingLong(HotPlace::self)
          .thenComparingLong(HotPlace::total)
          .reversed()
          .thenComparing(HotPlace::place);

  HotPlace plus(HotPlace other) {
    return new HotPlace(place, self + other.self, total + other.total);
  }
}
