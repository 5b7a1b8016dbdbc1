package dev.hognose.diagnosis;

/**
 * When a level that rises is a leak. Reasons stand in docs/detection.md.
 *
 * @param least gained within the shape's windows
 * @param level from which on it is worth telling: below it pools fill
 */
public record RisePolicy(double least, double level, Shape shape) {

  public RisePolicy {
    if (!(least > 0) || !(level >= least)) {
      throw new IllegalArgumentException(
          "least=" + least + ", level=" + level + ": expected above 0, and level not below least");
    }
  }

  /**
   * What a steady rise looks like; shares are of what was gained.
   *
   * @param steps windows that are looked at
   * @param stepsUp of these that must go up
   * @param largestStep share of a single one at most: a burst is no leak
   * @param fall share that it may have fallen back meanwhile
   * @param lastThird share that the last third of the windows must have: a pool that is full rests
   */
  public record Shape(int steps, int stepsUp, double largestStep, double fall, double lastThird) {

    public static final Shape DEFAULT = new Shape(9, 6, 0.4, 0.2, 0.15);
  }
}
