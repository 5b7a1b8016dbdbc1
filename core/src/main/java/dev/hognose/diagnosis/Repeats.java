package dev.hognose.diagnosis;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import dev.hognose.sample.Multiple;
import dev.hognose.sample.Retention;
import java.time.Duration;

/**
 * How far apart an agent says the same again in its events. Reasons: docs/detection.md.
 *
 * @param growing intervals of the agent after which it tells a container that grows on
 * @param traced time between two tracing windows, unless a window itself lasted longer
 */
public record Repeats(int growing, Duration traced) {

  /** Of the agent's own settings, where they are not changed. */
  static final Repeats DEFAULT = new Repeats(60, Duration.ofMinutes(30));

  /**
   * Of what an event tells.
   *
   * @param interval of its agent
   * @param window of its process, the least there is
   */
  Duration of(Event.What what, Duration interval, Duration window) {
    if (what instanceof Retention) {
      return longer(window, Multiple.of(interval, growing));
    }
    return what instanceof AllocationGrowth growth ? longer(traced, growth.window()) : window;
  }

  private static Duration longer(Duration one, Duration other) {
    return one.compareTo(other) > 0 ? one : other;
  }
}
