import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.metrics.FleetMetrics;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** One line of a scrape: a histogram is as many series as it has buckets, and two. */
record Series(String name, String labels, double value) {

  /** All that a scrape of a fleet tells. */
  static List<Series> of(Fleet fleet) throws IOException {
    return read(text(fleet));
  }

  private static String text(Fleet fleet) throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    ExpositionFormats.init()
        .getPrometheusTextFormatWriter()
        .write(body, new FleetMetrics(fleet::snapshot, 1_000_000).collect());
    return body.toString(StandardCharsets.UTF_8);
  }

  private static List<Series> read(String text) {
    List<Series> all = new ArrayList<>();
    text.lines()
        .filter(line -> !line.startsWith("#"))
        .forEach(
            line -> {
              int open = line.indexOf('{');
              int close = line.lastIndexOf('}');
              all.add(
                  new Series(
                      line.substring(0, open),
                      line.substring(open + 1, close),
                      Double.parseDouble(line.substring(close + 2))));
            });
    return all;
  }

  /** Names and values in turn; none of the bench's values has a comma or a quote in it. */
  List<String> pairs() {
    List<String> pairs = new ArrayList<>();
    for (String pair : labels.split("\",")) {
      int equals = pair.indexOf('=');
      pairs.add(pair.substring(0, equals));
      pairs.add(pair.substring(equals + 1).replace("\"", ""));
    }
    return pairs;
  }

  /** Neither library has a gauge whose name ends as a counter's does. */
  String gaugeName() {
    return name.replaceAll("_(total|info|bucket)$", "_$1_");
  }
}
