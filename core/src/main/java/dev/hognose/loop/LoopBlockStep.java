package dev.hognose.loop;

import dev.hognose.alert.Alert;
import java.time.Instant;
import java.util.List;

/**
 * What a block, or the want of one, led to.
 *
 * @param alerts to tell, earliest episode first
 * @param withdrawn ids of alerts that never were: what they told is part of another
 * @param at until when anything was heard
 */
public record LoopBlockStep(
    Episodes episodes, Outcome outcome, List<Alert> alerts, List<String> withdrawn, Instant at) {

  public LoopBlockStep {
    alerts = List.copyOf(alerts);
    withdrawn = List.copyOf(withdrawn);
  }

  static LoopBlockStep nothing(Episodes episodes, Outcome outcome) {
    return new LoopBlockStep(episodes, outcome, List.of(), List.of(), episodes.newest());
  }

  boolean isNews() {
    return !alerts.isEmpty() || !withdrawn.isEmpty();
  }

  /** What became of an event. Exhaustive: the counts add up to the events. */
  public enum Outcome {
    /** It is part of an episode. */
    COUNTED,
    /** The same, and nothing was heard of the block before it ended, long as it was. */
    END_ONLY,
    /** The same, and another block of the same loop claims the same time: it is lost once. */
    OVERLAPPING,
    /** It is part of what all culprits share that there is no room to tell apart. */
    REST,
    /** It lasts, and not yet long enough to be told: its end will say what it was. */
    LASTING,
    /** Nothing in it is new. */
    STALE,
    /** It was not when the event says that it is. */
    IMPLAUSIBLE;

    /** Whether the episodes have changed. */
    public boolean isCounted() {
      return switch (this) {
        case COUNTED, END_ONLY, OVERLAPPING, REST -> true;
        case LASTING, STALE, IMPLAUSIBLE -> false;
      };
    }
  }
}
