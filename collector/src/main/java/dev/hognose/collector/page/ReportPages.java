package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.collector.history.Course;
import dev.hognose.collector.page.Report.Span;
import dev.hognose.collector.page.ReportPage.Bar;
import dev.hognose.collector.page.ReportPage.Detail;
import dev.hognose.collector.page.ReportPage.Drawn;
import dev.hognose.collector.page.ReportPage.Line;
import dev.hognose.collector.page.ReportPage.Mark;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Chooses what of a window a report has room for, so that a browser can open it. */
final class ReportPages {

  static final int MOST_LINES = 2_000;
  static final int MOST_DETAILS = 50;
  private static final int MOST_CHANGES = 500;
  private static final int MOST_MARKS = 50;
  private static final int MOST_NAMED = 30;
  private static final double WHOLE = 1000;

  private static final Comparator<Mark> BY_WEIGHT =
      Comparator.<Mark, Alert.Severity>comparing(mark -> mark.story().alert().severity())
          .reversed()
          .thenComparing(Mark::number);

  private final Span span;
  private final Map<ProcessId, Course> courses;

  ReportPages(Span span, Map<ProcessId, Course> courses) {
    this.span = span;
    this.courses = courses;
  }

  ReportPage of(
      Map<String, String> facts, Collection<AlertStory> told, Optional<Comparison> comparison) {
    List<Mark> alerts = numbered(told);
    Set<Integer> weighty =
        alerts.stream()
            .sorted(BY_WEIGHT)
            .limit(MOST_DETAILS)
            .map(Mark::number)
            .collect(Collectors.toCollection(TreeSet::new));
    List<Mark> detailed = alerts.stream().filter(each -> weighty.contains(each.number())).toList();
    HeldFigures held = new HeldFigures();
    return new ReportPage(
        facts(facts, alerts),
        alerts.stream()
            .limit(MOST_LINES)
            .map(each -> line(each, weighty.contains(each.number())))
            .toList(),
        Math.max(0, alerts.size() - MOST_LINES),
        detailed.stream().map(each -> detail(each, held)).toList(),
        new Affected(courses)
            .by(detailed).stream().map(process -> drawn(process, alerts, held)).toList(),
        comparison.map(each -> each.shortened(MOST_CHANGES)),
        Inlined.ofReport(),
        held.json());
  }

  /** Those that were alive within the window, in the order in which they fired. */
  private List<Mark> numbered(Collection<AlertStory> told) {
    List<AlertStory> alive =
        told.stream()
            .filter(each -> each.alert().firedAt().isBefore(span.to()))
            .filter(each -> !each.end().isBefore(span.from()))
            .sorted(
                Comparator.<AlertStory, Instant>comparing(each -> each.alert().firedAt())
                    .thenComparing(each -> each.alert().id()))
            .toList();
    List<Mark> numbered = new ArrayList<>();
    alive.forEach(each -> numbered.add(new Mark(numbered.size() + 1, each)));
    return numbered;
  }

  private List<AlertView.Fact> facts(Map<String, String> facts, List<Mark> alerts) {
    List<AlertView.Fact> all = new ArrayList<>();
    facts.forEach((name, value) -> all.add(new AlertView.Fact(name, value)));
    TreeSet<String> services = new TreeSet<>();
    courses.keySet().forEach(each -> services.add(each.service()));
    String named = services.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
    int more = services.size() - MOST_NAMED;
    all.add(new AlertView.Fact("services", named + (more > 0 ? " and " + more + " more" : "")));
    all.add(new AlertView.Fact("processes", Integer.toString(courses.size())));
    all.add(new AlertView.Fact("alerts", Integer.toString(alerts.size())));
    return all;
  }

  private Line line(Mark mark, boolean detailed) {
    AlertStory story = mark.story();
    Instant end = story.end();
    return new Line(
        mark.number(),
        detailed,
        Wording.word(story.alert().severity()),
        story.state(),
        AlertView.past(story.alert()),
        end.equals(Instant.MAX) ? Wording.UNKNOWN : Wording.at(end),
        story.told(),
        bar(story));
  }

  private Bar bar(AlertStory story) {
    double start = place(story.alert().firedAt());
    List<Double> dots =
        story.tellings().stream()
            .map(AlertStory.Telling::at)
            .filter(at -> !at.isBefore(span.from()))
            .map(this::place)
            .toList();
    return new Bar(start, Math.max(2, place(story.end()) - start), dots);
  }

  private double place(Instant at) {
    if (!at.isBefore(span.to())) {
      return WHOLE;
    }
    double length = Duration.between(span.from(), span.to()).toMillis();
    double passed = Duration.between(span.from(), at).toMillis();
    return Math.max(0, Math.round(passed / length * WHOLE * 10) / 10.0);
  }

  private static Detail detail(Mark mark, HeldFigures held) {
    Alert alert = mark.story().alert();
    List<AlertView.Fact> tellings =
        mark.story().tellings().stream()
            .map(each -> new AlertView.Fact(each.word(), Wording.at(each.at())))
            .toList();
    return new Detail(mark.number(), AlertPage.past(alert, held.tree(alert.stacks())), tellings);
  }

  private Drawn drawn(ProcessId process, List<Mark> alerts, HeldFigures held) {
    List<Mark> marks =
        alerts.stream()
            .filter(each -> each.story().alert().service().equals(process.service()))
            .filter(each -> each.story().alert().process().stream().allMatch(process::equals))
            .sorted(BY_WEIGHT)
            .limit(MOST_MARKS)
            .sorted(Comparator.comparing(Mark::number))
            .toList();
    Course course = courses.getOrDefault(process, new Course());
    String history = held.history(course.history(), marks);
    return new Drawn(
        process.service() + " on " + process.host() + ", pid " + process.pid(),
        List.of(ChartView.memory(history, Optional.empty()), ChartView.lag(history)),
        marks);
  }
}
