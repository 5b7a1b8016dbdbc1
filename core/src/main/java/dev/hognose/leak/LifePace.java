package dev.hognose.leak;

import dev.hognose.series.Series;
import dev.hognose.series.TheilSen;
import java.util.List;

/**
 * How growth goes on over a life: the slope of its last third against that of the third before.
 *
 * <p>A ring of hours sees a piece of a long curve, and any piece looks straight. The widest ring
 * with enough floors begins with the process, or days ago: in it a leak has 1 as soon as two thirds
 * of it lie after the warm-up, and what fills ever slower has the same low value however old it is,
 * .59 for a logarithm.
 */
final class LifePace {

  private static final int THIRDS = 3;

  /** A middle third that rose by less than this share of the whole did not rise. */
  private static final double LEVEL = 0.25;

  /** Where no wider ring knows more than the one that rises, which was asked for a plateau. */
  private static final double ITSELF = 1;

  private LifePace() {}

  /**
   * Of growth that one level has shown.
   *
   * @param levels finest first
   * @param from that level
   * @return 1 when it goes on, less when it slows, and where no wider ring has enough floors; of
   *     both channels, where both rise, the larger
   */
  static double of(List<Level> levels, int from, Trend.Where where) {
    int widest = levels.size() - 1;
    while (widest > from && !levels.get(widest).hasEnough()) {
      widest--;
    }
    if (widest == from) {
      return ITSELF;
    }
    Ring ring = levels.get(widest).ring();
    return switch (where) {
      case PYTHON -> Math.max(of(ring.residentSeries()), of(ring.pythonSeries()));
      case PYTHON_HIDDEN -> of(ring.pythonSeries());
      case NATIVE, FRAGMENTATION -> of(ring.residentSeries());
    };
  }

  private static double of(Series floors) {
    int third = floors.size() / THIRDS;
    int lastFrom = floors.size() - third;
    double middle = TheilSen.of(floors.slice(third, lastFrom)).slope();
    double last = TheilSen.of(floors.slice(lastFrom - 1, floors.size())).slope();
    double level = LEVEL * TheilSen.of(floors).slope();
    double before = Math.max(middle, level);
    return before > 0 ? last / before : 1;
  }
}
