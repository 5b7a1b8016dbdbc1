package dev.hognose.leak;

import java.util.ArrayList;
import java.util.List;

/** A detector fed with readings, and what it told: the events, and the state at the end. */
record Told(List<LeakEvent> events, LeakState state) {

  static Told by(LeakDetector detector, List<MemoryReading> readings) {
    List<LeakEvent> events = new ArrayList<>();
    LeakState state = LeakState.initial();
    for (MemoryReading reading : readings) {
      LeakStep step = detector.next(state, reading);
      state = step.state();
      if (step.outcome() instanceof Outcome.Told told) {
        events.add(told.event());
      }
    }
    return new Told(events, state);
  }
}
