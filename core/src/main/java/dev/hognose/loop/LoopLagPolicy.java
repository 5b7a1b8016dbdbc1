package dev.hognose.loop;

import dev.hognose.settings.Durations;
import dev.hognose.settings.Numbers;
import java.time.Duration;
import java.util.List;

/**
 * The numbers that decide when a loop is told that runs late without a block.
 *
 * @param lag of a callback that is due, in the mean over a minute of one process and beyond what
 *     blocks explain
 * @param leastBeats a minute with fewer measurements says nothing
 * @param explains what a wait must make up of the lag to be its cause
 * @param quiet without such a minute this long it is over
 */
public record LoopLagPolicy(Duration lag, int leastBeats, double explains, Duration quiet) {

  public static final LoopLagPolicy DEFAULT =
      new LoopLagPolicy(Duration.ofMillis(20), 60, 0.5, Duration.ofMinutes(10));

  private static final List<String> NAMES = List.of("mean", "least_beats", "explains", "quiet");

  public LoopLagPolicy {
    if (lag.isNegative() || lag.isZero()) {
      throw new IllegalArgumentException("mean=" + lag + ": expected longer than 0");
    }
    if (leastBeats < 1) {
      throw new IllegalArgumentException("least_beats=" + leastBeats + ": expected 1 or more");
    }
    if (!(explains > 0 && explains <= 1)) {
      throw new IllegalArgumentException("explains=" + explains + ": expected above 0, at most 1");
    }
    if (quiet.toMillis() < 1) {
      throw new IllegalArgumentException("quiet=" + quiet + ": expected 1 ms or longer");
    }
  }

  public LoopLagPolicy withQuiet(Duration other) {
    return new LoopLagPolicy(lag, leastBeats, explains, other);
  }

  /**
   * The same policy with one of its numbers changed, as people write it.
   *
   * @throws IllegalArgumentException when there is no such number or it cannot be used; the message
   *     says what was expected
   */
  public LoopLagPolicy with(String name, String value) {
    return switch (name) {
      case "mean" -> new LoopLagPolicy(Durations.parse(value), leastBeats, explains, quiet);
      case "least_beats" -> new LoopLagPolicy(lag, Numbers.count(value), explains, quiet);
      case "explains" -> new LoopLagPolicy(lag, leastBeats, Numbers.ratio(value), quiet);
      case "quiet" -> withQuiet(Durations.parse(value));
      default -> throw new IllegalArgumentException("expected one of " + String.join(", ", NAMES));
    };
  }

  /** The names that {@link #with} knows. */
  public static List<String> names() {
    return NAMES;
  }
}
