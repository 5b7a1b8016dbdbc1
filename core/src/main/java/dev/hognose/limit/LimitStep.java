package dev.hognose.limit;

import dev.hognose.alert.Alert;
import java.util.List;

/**
 * What an observation, or the want of one, led to.
 *
 * @param outcome of a sample; {@link Outcome#COUNTED} where there was none
 * @param alerts to tell, in this order
 */
public record LimitStep(LimitLife life, Outcome outcome, List<Alert> alerts) {

  /** What became of a sample's figures: their counts add up to the samples. */
  public enum Outcome {
    COUNTED,
    /** Its bucket is closed. */
    LATE,
    /** Its time is before all that is known; the next one shows whether the clock was set back. */
    CLOCK_BEHIND,
    /** Its time is far after what is known; the next one shows whether there was a gap. */
    CLOCK_AHEAD,
    /** Without resident memory. */
    FAILED_READ,
    /** There is no limit to run into. */
    NO_LIMIT
  }

  public LimitStep {
    alerts = List.copyOf(alerts);
  }
}
