package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import java.time.Instant;

/** What the floors of a process mean now. Not to know is {@link Unknown}, never {@link Steady}. */
public sealed interface LeakVerdict {

  /**
   * Too young to be tested.
   *
   * @param floors seen so far at the finest level that can be tested
   * @param needed for a test
   */
  record Warming(int floors, int needed) implements LeakVerdict {}

  /** No floor rises by what is worth a test. */
  record Steady() implements LeakVerdict {}

  /** Floors rise by less than is worth a suspicion. */
  record Growing(Growth growth) implements LeakVerdict {}

  /** The thresholds of {@link LeakPolicy#EARLY} are passed. */
  record Suspect(Growth growth) implements LeakVerdict {}

  /** The thresholds of the policy are passed, and growth has not stopped since. */
  record Leaking(Growth growth) implements LeakVerdict {}

  /**
   * It was leaking in this life, and nothing has risen since.
   *
   * @param slope that the leak had last
   */
  record Cleared(Instant at, GrowthRate slope) implements LeakVerdict {}

  /** There is nothing to judge. */
  record Unknown(Reason reason) implements LeakVerdict {}

  /** Why nothing is known. */
  enum Reason {
    NO_READING("no usable reading yet"),
    NO_RECENT_READING("no usable reading for longer than a policy hour");

    private final String words;

    Reason(String words) {
      this.words = words;
    }

    /** As people read it. */
    @Override
    public String toString() {
      return words;
    }
  }

  /** One answer for each verdict: another verdict breaks every caller at compile time. */
  interface Cases<R> {
    R warming(Warming verdict);

    R steady();

    R growing(Growth growth);

    R suspect(Growth growth);

    R leaking(Growth growth);

    R cleared(Cleared verdict);

    R unknown(Reason reason);
  }

  /** As the trend of a process that is judged alone. */
  default Trend asTrend(ProcessId process, Instant at, String version) {
    return match(new TrendOfVerdict(process, at, version));
  }

  /** Exhaustive by construction. */
  default <R> R match(Cases<R> cases) {
    if (this instanceof Warming w) {
      return cases.warming(w);
    }
    if (this instanceof Steady) {
      return cases.steady();
    }
    if (this instanceof Growing g) {
      return cases.growing(g.growth());
    }
    if (this instanceof Suspect s) {
      return cases.suspect(s.growth());
    }
    if (this instanceof Leaking l) {
      return cases.leaking(l.growth());
    }
    if (this instanceof Cleared c) {
      return cases.cleared(c);
    }
    if (this instanceof Unknown u) {
      return cases.unknown(u.reason());
    }
    throw new AssertionError(this);
  }
}
