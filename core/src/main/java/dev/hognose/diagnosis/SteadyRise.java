package dev.hognose.diagnosis;

import java.time.Duration;
import java.util.Optional;

/**
 * A level that goes up for good, as things that are never given back do: in many steps, none of
 * which is most of it, without falling back, and up to the end.
 *
 * @param gained within {@code over}
 */
record SteadyRise(double level, double gained, Duration over) {

  /** Nothing while there are too few readings, or when the level does not rise like that. */
  static Optional<SteadyRise> of(Series series, RisePolicy policy) {
    RisePolicy.Shape shape = policy.shape();
    if (series.size() <= shape.steps()) {
      return Optional.empty();
    }
    double gained = series.back(0) - series.back(shape.steps());
    boolean isEnough = gained >= policy.least() && series.back(0) >= policy.level();
    return isEnough && rises(series, gained, shape)
        ? Optional.of(new SteadyRise(series.back(0), gained, series.time(shape.steps())))
        : Optional.empty();
  }

  private static boolean rises(Series series, double gained, RisePolicy.Shape shape) {
    int ups = 0;
    double largestStep = 0;
    for (int i = shape.steps(); i > 0; i--) {
      double step = series.back(i - 1) - series.back(i);
      ups += step > 0 ? 1 : 0;
      largestStep = Math.max(largestStep, step);
    }
    int lastThird = shape.steps() / 3;
    return ups >= shape.stepsUp()
        && largestStep <= shape.largestStep() * gained
        && series.largestFall(shape.steps()) <= shape.fall() * gained
        && series.back(0) - series.back(lastThird) >= shape.lastThird() * gained;
  }

  double perMinute() {
    return gained / (over.toMillis() / 60_000.0);
  }
}
