package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import java.util.List;

/**
 * A window of tracemalloc that was thrown away: to read it would have paused the process for longer
 * than the agent's budget.
 */
record TracingBudget() implements Diagnosis {

  @Override
  public Alert.Kind kind() {
    return Alert.Kind.TRACING_BUDGET;
  }

  @Override
  public List<Sign> signs(Event event) {
    return event.what() instanceof AllocationGrowth growth && growth.isThrownAway()
        ? List.of(sign(growth))
        : List.of();
  }

  private static Sign sign(AllocationGrowth growth) {
    double predicted = growth.predictedPause().toNanos() / 1e9;
    String phrase =
        "a tracing window was thrown away, to read it would have paused the process for "
            + Words.number(1000 * predicted)
            + " ms";
    return Sign.of("", phrase, 1, List.of(Words.seconds("predicted_pause", predicted)));
  }
}
