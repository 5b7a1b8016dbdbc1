package dev.hognose.diagnosis;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Learns how often exceptions come, a window at a time. */
final class Usual {

  private Usual() {}

  /**
   * After the newest window of the history; a process that is new to us has no other past than this
   * window.
   */
  static SortedMap<Name, Double> after(History history, SurgePolicy policy) {
    List<Span> newest = history.last(1);
    if (newest.isEmpty() || !(newest.get(0).seconds() > 0)) {
      return history.usual();
    }
    boolean isNew = history.readings().size() <= policy.pastWindows() + 1;
    double part = isNew ? 0.5 : policy.memory();
    SortedMap<Name, Double> usual = new TreeMap<>();
    for (Name name : newest.get(0).to().group(Group.COUNTER).keySet()) {
      double rate = newest.get(0).grown(name) / newest.get(0).seconds();
      double known = history.usual(name);
      usual.put(name, Double.isNaN(rate) ? known : known + part * (rate - known));
    }
    return usual;
  }
}
