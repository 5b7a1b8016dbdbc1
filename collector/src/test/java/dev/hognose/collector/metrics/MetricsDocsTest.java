package dev.hognose.collector.metrics;

import static dev.hognose.collector.Examples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.Examples;
import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The table of the fleet's metrics in the docs is what a scrape shows. To write it anew: {@code mvn
 * -pl collector -am test -Dtest=MetricsDocsTest -Dsurefire.failIfNoSpecifiedTests=false
 * -Dhognose.write=true}.
 */
class MetricsDocsTest {

  private static final Path DOCS = Path.of("..", "docs", "metrics.md");

  /** As an expression names it: before its labels or its range. */
  private static final Pattern NAME =
      Pattern.compile("\\b(hognose|python|process)_[a-z0-9_]+(?=[{\\[])");

  private static final String BEGIN = "| metric | type | labels | meaning |\n|---|---|---|---|\n";

  @Test
  void tableIsWhatAScrapeShows() throws IOException {
    String docs = Files.readString(DOCS);
    int start = docs.indexOf(BEGIN);
    assertThat(start).as(DOCS + " has the head of the table").isNotNegative();
    int end = docs.indexOf("\n\n", start) + 1;
    String table = BEGIN + table();
    if (Boolean.getBoolean("hognose.write")) {
      Files.writeString(DOCS, docs.substring(0, start) + table + docs.substring(end));
    } else {
      assertThat(docs.substring(start, end)).isEqualTo(table);
    }
  }

  @Test
  void rulesAndDashboardsNameOnlyWhatIsThere() throws IOException {
    String docs = Files.readString(DOCS);
    List<String> unknown = new ArrayList<>();
    for (Path file : filesBelow(Path.of("..", "prometheus"), Path.of("..", "grafana"))) {
      for (String name : names(Files.readString(file))) {
        if (!docs.contains("`" + name + "`")) {
          unknown.add(file + ": " + name);
        }
      }
    }
    assertThat(unknown).isEmpty();
  }

  private static List<Path> filesBelow(Path... folders) throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path folder : folders) {
      try (Stream<Path> below = Files.walk(folder)) {
        below.filter(Files::isRegularFile).forEach(files::add);
      }
    }
    assertThat(files).isNotEmpty();
    return files;
  }

  /** Of series; those that a histogram has beside it are told by its own. */
  private static Set<String> names(String text) {
    return NAME.matcher(text)
        .results()
        .map(found -> found.group().replaceFirst("_seconds_(bucket|sum|count)$", "_seconds"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String table() {
    Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
    Examples.fill(fleet);
    return new FleetMetrics(fleet::snapshot, 100)
        .collect().stream().map(MetricsDocsTest::row).collect(Collectors.joining());
  }

  private static String row(MetricSnapshot family) {
    assertThat(family.getDataPoints())
        .as("%s has a series when every figure is there", family.getMetadata().getName())
        .isNotEmpty();
    return "| `%s` | %s | %s | %s |\n"
        .formatted(name(family), type(family), labels(family), family.getMetadata().getHelp());
  }

  private static String name(MetricSnapshot family) {
    String name = family.getMetadata().getPrometheusName();
    if (family instanceof CounterSnapshot) {
      return name + "_total";
    }
    return family instanceof InfoSnapshot ? name + "_info" : name;
  }

  private static String type(MetricSnapshot family) {
    if (family instanceof CounterSnapshot) {
      return "counter";
    }
    if (family instanceof HistogramSnapshot histogram) {
      return histogram.isGaugeHistogram() ? "gauge histogram" : "histogram";
    }
    return family instanceof InfoSnapshot ? "info" : "gauge";
  }

  private static String labels(MetricSnapshot family) {
    DataPointSnapshot first = family.getDataPoints().get(0);
    return StreamSupport.stream(first.getLabels().spliterator(), false)
        .map(Label::getName)
        .collect(Collectors.joining(", "));
  }
}
