package dev.hognose.collector.page;

import java.util.List;

/**
 * What another policy would have told.
 *
 * @param policy the values that were changed, as they are written on the command line
 * @param outcomes the headings of the figures: gained, lost, …
 * @param changes what differs, a sentence an alert
 */
public record Comparison(
    String policy, List<String> outcomes, List<Row> rows, List<String> changes) {

  /** How many alerts of a service and kind had each outcome, in the order of the headings. */
  public record Row(String service, String kind, List<Integer> counts) {

    public Row {
      counts = List.copyOf(counts);
    }
  }

  public Comparison {
    outcomes = List.copyOf(outcomes);
    rows = List.copyOf(rows);
    changes = List.copyOf(changes);
  }

  /** The same with no more than so many changes, and a line for the rest. */
  Comparison shortened(int most) {
    if (changes.size() <= most) {
      return this;
    }
    List<String> shown = new java.util.ArrayList<>(changes.subList(0, most));
    shown.add("and " + (changes.size() - most) + " more");
    return new Comparison(policy, outcomes, rows, shown);
  }
}
