package dev.hognose.leak;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/**
 * The leak bench's traces that have golden results, and three more of its train set (seeds 32, 39
 * and 193), as no golden trace has a clear.
 *
 * <p>Recorded traces are whole. Synthetic ones hold what the detector reads, in a third of the
 * size: KiB, one resident and one Python figure, and each row as its difference to the last one
 * that is no failed read; an empty field is no difference.
 */
final class BenchTraces {

  private static final int SYNTHETIC_COLUMNS = 6;

  private BenchTraces() {}

  /** Results of the reference, one object a trace. */
  static List<JsonNode> golden() {
    ObjectMapper json = new ObjectMapper();
    return Stream.of("golden.jsonl", "golden-clears.jsonl")
        .flatMap(name -> lines(name).stream())
        .map(line -> parse(json, line))
        .toList();
  }

  /** Readings of a trace in order of arrival; a name that begins with s is a synthetic one. */
  static List<MemoryReading> readings(String trace) {
    return trace.startsWith("s")
        ? synthetic(lines("synthetic/" + trace + ".csv.gz"))
        : recorded(lines("real/" + trace + ".csv.gz"));
  }

  private static List<MemoryReading> recorded(List<String> lines) {
    return lines.stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(
            row ->
                MemoryReading.of(Long.parseLong(row[0]), Long.parseLong(row[1]))
                    .withUss(Long.parseLong(row[2]))
                    .withBlocks(Long.parseLong(row[3]))
                    .withTraced(Long.parseLong(row[4]))
                    .withLimit(Long.parseLong(row[6]))
                    .withStart(Long.parseLong(row[7])))
        .toList();
  }

  private static List<MemoryReading> synthetic(List<String> lines) {
    List<MemoryReading> readings = new ArrayList<>();
    long[] row = new long[SYNTHETIC_COLUMNS];
    for (String line : lines.subList(1, lines.size())) {
      String[] differences = line.split(",", -1);
      if (differences[1].equals("failed")) {
        row[0] += Long.parseLong(differences[0]);
        readings.add(MemoryReading.of(row[0], 0));
        continue;
      }
      for (int i = 0; i < row.length; i++) {
        row[i] += differences[i].isEmpty() ? 0 : Long.parseLong(differences[i]);
      }
      readings.add(synthetic(row));
    }
    return readings;
  }

  private static MemoryReading synthetic(long[] row) {
    MemoryReading reading =
        MemoryReading.of(row[0], row[1] << 10).withLimit(row[4] << 10).withStart(row[5]);
    return row[3] == 1
        ? reading.withBlocks(1).withTraced(row[2] << 10)
        : reading.withBlocks(Math.max(1, row[2] << 4));
  }

  private static List<String> lines(String name) {
    String path = "/leakbench/" + name;
    try (InputStream file = Objects.requireNonNull(BenchTraces.class.getResourceAsStream(path));
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(file) : file) {
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(path, e);
    }
  }

  private static JsonNode parse(ObjectMapper json, String line) {
    try {
      return json.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(line, e);
    }
  }
}
