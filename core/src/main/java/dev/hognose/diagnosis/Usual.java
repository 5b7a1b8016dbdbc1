package dev.hognose.diagnosis;

/** Learns how often exceptions come, a window at a time. */
final class Usual {

  private Usual() {}

  /**
   * After the newest window of the history; a process that is new to us has no other past than this
   * window.
   */
  static Named after(History history, SurgePolicy policy) {
    Span newest = history.lastAsOne(1);
    if (!(newest.seconds() > 0)) {
      return history.usual();
    }
    boolean isNew = history.readings().size() <= policy.pastWindows() + 1;
    return learned(history, newest, isNew ? 0.5 : policy.memory());
  }

  /** The last window's rate makes a part of what is usual. */
  private static Named learned(History history, Span span, double part) {
    Named counters = span.to().group(Group.COUNTER);
    double[] rates = new double[counters.size()];
    for (int i = 0; i < rates.length; i++) {
      double rate = span.grown(Group.COUNTER, i) / span.seconds();
      double unlearned = history.usual().valueAsIn(counters, i);
      double known = Double.isNaN(unlearned) ? 0 : unlearned;
      rates[i] = Double.isNaN(rate) ? known : known + part * (rate - known);
    }
    return new Named(counters.names(), rates);
  }
}
