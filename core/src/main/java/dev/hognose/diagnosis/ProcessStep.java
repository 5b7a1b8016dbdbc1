package dev.hognose.diagnosis;

import java.util.List;

/** What an observation of a process, or the want of one, led to. */
public record ProcessStep(ProcessState state, Outcome outcome, List<Sighting> sightings) {

  public ProcessStep {
    sightings = List.copyOf(sightings);
  }

  static ProcessStep nothing(ProcessState state, Outcome outcome) {
    return new ProcessStep(state, outcome, List.of());
  }

  /** What became of a sample. Exhaustive: the counts add up to the samples. */
  public enum Outcome {
    /** It began a window, and the one before was judged. */
    JUDGED,
    /** It is the earliest of the newest window. */
    KEPT,
    /** Its window has an earlier one, which stands for it. */
    WITHIN,
    /** Its window has been judged. */
    STALE,
    /** The process's clock was set back; what was known of it is forgotten. */
    SET_BACK;

    public boolean changesState() {
      return this != WITHIN && this != STALE;
    }
  }
}
