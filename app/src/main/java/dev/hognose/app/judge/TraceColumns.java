package dev.hognose.app.judge;

import de.siegmar.fastcsv.reader.CsvRecord;
import dev.hognose.leak.MemoryReading;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where a trace's header says that the figures stand, and how a row is read. */
final class TraceColumns {

  private static final int NOWHERE = -1;

  private final TraceFile file;
  private final int count;
  private final Place at;
  private final Place rss;
  private final Place uss;
  private final Place blocks;
  private final Place traced;
  private final Place limit;
  private final Place start;
  private final Place kept;
  private final int version;
  private final int service;
  private final int process;
  private final ProcessKey onlyKey;

  /** A column of integers; its index is {@link #NOWHERE} when the trace does not have it. */
  private record Place(String name, int index) {}

  /**
   * Reads a header: names in any order, unknown ones are ignored.
   *
   * @throws BadTraceException without {@code ts_ms} or {@code rss}, or with a name twice
   */
  TraceColumns(TraceFile file, List<String> header) {
    this.file = file;
    this.count = header.size();
    Map<String, Integer> places = places(header);
    if (!places.containsKey("ts_ms") || !places.containsKey("rss")) {
      throw new BadTraceException(
          file.shown()
              + ": expected columns ts_ms and rss, got "
              + BadTraceException.shown(String.join(", ", header)));
    }
    this.at = place("ts_ms", places);
    this.rss = place("rss", places);
    this.uss = place("uss", places);
    this.blocks = place("blocks", places);
    this.traced = place("traced", places);
    this.limit = place("limit", places);
    this.start = place("start_ms", places);
    this.kept = place("malloc_free", places);
    this.version = place("version", places).index();
    this.service = place("service", places).index();
    this.process = place("process", places).index();
    this.onlyKey = new ProcessKey(file.trace(), file.trace());
  }

  private Map<String, Integer> places(List<String> header) {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < header.size(); i++) {
      String name = header.get(i).strip();
      if (places.put(name, i) != null) {
        throw new BadTraceException(
            file.shown() + ": expected each column once, got " + BadTraceException.shown(name));
      }
    }
    return places;
  }

  private static Place place(String name, Map<String, Integer> places) {
    return new Place(name, places.getOrDefault(name, NOWHERE));
  }

  /**
   * Refuses a row that is not as long as the header.
   *
   * @throws BadTraceException naming file and line
   */
  void check(CsvRecord row) {
    if (row.getFieldCount() != count) {
      throw broken(row, "expected " + count + " fields, got " + row.getFieldCount());
    }
  }

  /**
   * Reads a row.
   *
   * @throws BadTraceException for a figure that is no integer, naming file, line and figure
   */
  TraceRow row(CsvRecord row) {
    String runs = version == NOWHERE ? "" : row.getField(version).strip();
    return new TraceRow(key(row), reading(row), runs);
  }

  private ProcessKey key(CsvRecord row) {
    if (service == NOWHERE && process == NOWHERE) {
      return onlyKey;
    }
    return new ProcessKey(
        service == NOWHERE ? file.trace() : row.getField(service),
        process == NOWHERE ? file.trace() : row.getField(process));
  }

  private MemoryReading reading(CsvRecord row) {
    return new MemoryReading(
        integer(row, at),
        integer(row, rss),
        integer(row, uss),
        integer(row, blocks),
        integer(row, traced),
        integer(row, limit),
        integer(row, start),
        integer(row, kept));
  }

  private long integer(CsvRecord row, Place place) {
    if (place.index() == NOWHERE) {
      return MemoryReading.ABSENT;
    }
    String text = row.getField(place.index());
    try {
      return Long.parseLong(text.strip());
    } catch (NumberFormatException noInteger) {
      throw broken(
          row, place.name() + "=" + BadTraceException.shown(text) + ": expected an integer");
    }
  }

  private BadTraceException broken(CsvRecord row, String sentence) {
    return new BadTraceException(
        file.shown() + ":" + row.getStartingLineNumber() + ": " + sentence);
  }
}
