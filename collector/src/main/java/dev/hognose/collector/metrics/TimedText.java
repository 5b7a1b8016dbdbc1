package dev.hognose.collector.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The series of {@code /metrics} at moments of the past, in the OpenMetrics text format with their
 * timestamps: what {@code promtool tsdb create-blocks-from openmetrics} reads.
 */
public final class TimedText {

  private static final String END = "# EOF";

  /** A series and its value, without the exemplar that may follow. */
  private static final Pattern SAMPLE =
      Pattern.compile("[^{ ]++(?:\\{(?:[^\"}]++|\"(?:[^\"\\\\]++|\\\\.)*+\")*+\\})? [^ ]++");

  private final FleetMetrics fleet;
  private final OutputStream out;
  private final ExpositionFormatWriter format =
      ExpositionFormats.init().getOpenMetricsTextFormatWriter();
  private final Set<String> described = new HashSet<>();

  public TimedText(FleetMetrics fleet, OutputStream out) {
    this.fleet = fleet;
    this.out = out;
  }

  /** Writes what the fleet says now as of that moment; moments come in their order. */
  public void write(Instant at) throws IOException {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    format.write(text, fleet.collect());
    String seconds = String.format(Locale.ROOT, " %.3f", at.toEpochMilli() / 1000.0);
    for (String line : text.toString(StandardCharsets.UTF_8).split("\n", -1)) {
      if (!line.startsWith("#") && !line.isEmpty()) {
        write(withoutExemplar(line) + seconds);
      } else if (!line.isEmpty() && !line.equals(END) && described.add(line)) {
        write(line);
      }
    }
  }

  private static String withoutExemplar(String line) {
    Matcher sample = SAMPLE.matcher(line);
    return sample.lookingAt() ? sample.group() : line;
  }

  /** Ends the text, without which it is not whole. */
  public void end() throws IOException {
    write(END);
  }

  private void write(String line) throws IOException {
    out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }
}
