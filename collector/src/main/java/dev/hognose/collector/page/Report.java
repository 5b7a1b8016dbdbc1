package dev.hognose.collector.page;

import dev.hognose.alert.Alert;
import dev.hognose.collector.history.Course;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A past window on one page that holds all that it shows: it can be attached, and opened without a
 * network.
 *
 * <p>Of each process no more is kept than a chart can show, of each alert its last state.
 */
public final class Report {

  private final Map<String, String> facts;
  private final Optional<Span> asked;
  private final Map<ProcessId, Course> courses = new TreeMap<>(ReportPage.BY_KEY);
  private final Map<String, AlertStory> stories = new LinkedHashMap<>();
  private Optional<Comparison> comparison = Optional.empty();
  private Instant first = Instant.MAX;
  private Instant last = Instant.EPOCH;

  /** A stretch of time; its end is no longer part of it. */
  public record Span(Instant from, Instant to) {}

  /**
   * Empty.
   *
   * @param facts for its head, in this order
   * @param asked absent: as much time as its samples span
   */
  public Report(Map<String, String> facts, Optional<Span> asked) {
    this.facts = new LinkedHashMap<>(facts);
    this.asked = asked;
  }

  /** Takes a sample of the window, for the charts. */
  public void sample(Sample sample) {
    seen(sample.at());
    courses.computeIfAbsent(sample.process(), unknown -> new Course()).add(sample);
  }

  /** Takes what was told of an alert, in the order in which it was told. */
  public void told(Alert alert) {
    seen(alert.updatedAt());
    stories.computeIfAbsent(alert.id(), unknown -> new AlertStory(alert)).next(alert);
  }

  /** Takes that an alert was withdrawn; one that was never told of is none. */
  public void withdrawn(String id, Instant at) {
    Optional.ofNullable(stories.get(id)).ifPresent(story -> story.withdraw(at));
  }

  public void compared(Comparison other) {
    comparison = Optional.of(other);
  }

  private void seen(Instant at) {
    first = at.isBefore(first) ? at : first;
    last = at.isAfter(last) ? at : last;
  }

  /** Writes the page, in UTF-8. */
  public void write(OutputStream out) throws IOException {
    Span span = asked.orElseGet(() -> new Span(first, last.plusMillis(1)));
    ReportPage page = new ReportPages(span, courses).of(facts, stories.values(), comparison);
    Utf8ByteOutput text = new Utf8ByteOutput();
    TemplateEngine templates =
        TemplateEngine.createPrecompiled(
            null, ContentType.Html, getClass().getClassLoader(), getClass().getPackageName());
    templates.render("report.jte", page, text);
    text.writeTo(out);
  }
}
