package dev.hognose.collector.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads OpenMetrics text as strictly as its specification has it, for what promtool does not judge:
 * one block a family, metadata before samples, suffixes by type, units in names, no series twice,
 * no timestamps, an end.
 */
public final class OpenMetrics {

  private static final Pattern METADATA =
      Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
  private static final Pattern SAMPLE =
      Pattern.compile(
          "([a-zA-Z_:][a-zA-Z0-9_:]*)"
              + "(\\{(?:[a-zA-Z_][a-zA-Z0-9_]*=\"(?:[^\"\\\\\\n]|\\\\[\\\\n\"])*\",?)*})? "
              + "([-+]?(?:Inf|[0-9.]+(?:E-?[0-9]+)?)|NaN)(?: # .*)?");
  private static final Map<String, List<String>> SUFFIXES =
      Map.of(
          "counter", List.of("_total"),
          "gauge", List.of(""),
          "info", List.of("_info"),
          "unknown", List.of(""),
          "summary", List.of("", "_count", "_sum"),
          "histogram", List.of("_bucket", "_count", "_sum"),
          "gaugehistogram", List.of("_bucket", "_gcount", "_gsum"));

  private final Map<String, Map<String, String>> metadata = new HashMap<>();
  private final Set<String> series = new HashSet<>();
  private final List<String> complaints = new ArrayList<>();
  private String family = "";

  private OpenMetrics() {}

  /** What is wrong with it, one sentence each. */
  public static List<String> complaints(String text) {
    OpenMetrics reader = new OpenMetrics();
    if (!text.endsWith("\n# EOF\n")) {
      reader.complaints.add("expected # EOF as the last line");
    }
    text.substring(0, text.length() - "# EOF\n".length()).lines().forEach(reader::read);
    return reader.complaints;
  }

  private void read(String line) {
    Matcher about = METADATA.matcher(line);
    Matcher sample = SAMPLE.matcher(line);
    if (about.matches()) {
      readMetadata(about.group(1), about.group(2), about.group(3));
    } else if (sample.matches()) {
      readSample(sample.group(1), sample.group(2) == null ? "" : sample.group(2));
    } else {
      complaints.add("no line of OpenMetrics: " + line);
    }
  }

  private void readMetadata(String kind, String name, String value) {
    if (!name.equals(family) && metadata.containsKey(name)) {
      complaints.add("a second block of " + name);
    }
    family = name;
    Map<String, String> known = metadata.computeIfAbsent(name, any -> new HashMap<>());
    if (known.put(kind, value) != null) {
      complaints.add("a second " + kind + " of " + name);
    }
    if (kind.equals("UNIT") && !name.endsWith("_" + value)) {
      complaints.add(name + ": expected to end with its unit " + value);
    }
  }

  private void readSample(String name, String labels) {
    Map<String, String> about = metadata.getOrDefault(family, Map.of());
    List<String> suffixes = SUFFIXES.getOrDefault(about.getOrDefault("TYPE", ""), List.of());
    if (suffixes.stream().noneMatch(suffix -> name.equals(family + suffix))) {
      complaints.add(name + ": expected one of " + suffixes + " after " + family);
    }
    if (about.getOrDefault("HELP", "").isBlank()) {
      complaints.add(name + ": expected a help text");
    }
    if (!series.add(name + labels)) {
      complaints.add("twice: " + name + labels);
    }
  }
}
