package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.collector.history.Course;
import dev.hognose.collector.history.Point;
import dev.hognose.collector.page.ReportPage.Mark;
import dev.hognose.sample.ProcessId;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** Which processes alerts are about. */
final class Affected {

  private static final int MOST = 50;

  /** Of an alert that is about a service, those that fared worst while it fired. */
  private static final int OF_A_SERVICE = 3;

  private final Map<ProcessId, Course> courses;

  Affected(Map<ProcessId, Course> courses) {
    this.courses = courses;
  }

  /** In the order of the alerts, each once; only those of which anything is known. */
  Collection<ProcessId> by(List<Mark> alerts) {
    LinkedHashSet<ProcessId> affected = new LinkedHashSet<>();
    for (Mark each : alerts) {
      Alert alert = each.story().alert();
      affected.addAll(alert.process().map(List::of).orElseGet(() -> worst(each.story())));
    }
    return affected.stream().filter(courses::containsKey).limit(MOST).toList();
  }

  private List<ProcessId> worst(AlertStory story) {
    Comparator<ProcessId> byLag = Comparator.comparingDouble(each -> lag(each, story));
    Comparator<ProcessId> byMemory = Comparator.comparingDouble(this::memory);
    return courses.keySet().stream()
        .filter(each -> each.service().equals(story.alert().service()))
        .sorted(byLag.reversed().thenComparing(byMemory.reversed()))
        .limit(OF_A_SERVICE)
        .toList();
  }

  /** The worst while the alert fired, in seconds. */
  private double lag(ProcessId process, AlertStory story) {
    return points(process).stream()
        .filter(point -> !point.at().isBefore(story.alert().firedAt()))
        .filter(point -> !point.at().isAfter(story.end()))
        .mapToDouble(point -> point.lagSeconds().orElse(0))
        .max()
        .orElse(0);
  }

  private double memory(ProcessId process) {
    return points(process).stream().mapToDouble(point -> point.rss().count()).max().orElse(0);
  }

  private List<Point> points(ProcessId process) {
    return courses.getOrDefault(process, new Course()).history().points();
  }
}
