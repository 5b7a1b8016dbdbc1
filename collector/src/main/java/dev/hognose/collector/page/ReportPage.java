package dev.hognose.collector.page;

import dev.hognose.sample.ProcessId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A past window: its alerts along time, the weightiest in detail, and the processes they are about.
 *
 * @param more alerts that the time line has no room for
 * @param held what the script draws, as JSON that may stand within a script
 */
record ReportPage(
    List<AlertView.Fact> facts,
    List<Line> lines,
    int more,
    List<Detail> details,
    List<Drawn> processes,
    Optional<Comparison> comparison,
    Inlined inlined,
    String held) {

  static final Comparator<ProcessId> BY_KEY = Comparator.comparing(ProcessId::key);

  /** An alert on the time line. */
  record Line(
      int number,
      boolean detailed,
      String severity,
      String state,
      AlertView alert,
      String ended,
      int told,
      Bar bar) {}

  /** The life of an alert within the window, in thousandths of it; a dot for each telling. */
  record Bar(double start, double width, List<Double> dots) {}

  /** An alert with everything that it rests on, and when something was told of it. */
  record Detail(int number, AlertPage page, List<AlertView.Fact> tellings) {}

  /** A process with its charts, and the alerts that are drawn in. */
  record Drawn(String title, List<ChartView> charts, List<Mark> marks) {}

  /** An alert on a chart. */
  record Mark(int number, AlertStory story) {}
}
