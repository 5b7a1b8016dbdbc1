package dev.hognose.app.judge;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Iterator;
import java.util.function.Consumer;

/** Reads the samples of a trace in order of arrival, one at a time. */
final class TraceReader {

  private TraceReader() {}

  /**
   * Hands on every row.
   *
   * @throws BadTraceException at the first line that is broken, naming it; what came before has
   *     been handed on
   */
  static void read(TraceFile file, Consumer<TraceRow> rows) {
    long line = 0;
    try (CsvReader<CsvRecord> csv =
        CsvReader.builder()
            .detectBomHeader(true)
            .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
            .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
            .ofCsvRecord(file.open())) {
      Iterator<CsvRecord> records = csv.iterator();
      if (!records.hasNext()) {
        throw new BadTraceException(file.shown() + ": empty, expected a header with ts_ms and rss");
      }
      TraceColumns columns = new TraceColumns(file, records.next().getFields());
      while (records.hasNext()) {
        CsvRecord row = records.next();
        line = row.getStartingLineNumber();
        columns.check(row);
        rows.accept(columns.row(row));
      }
    } catch (UncheckedIOException | IOException | CsvParseException unreadable) {
      throw new BadTraceException(
          file.shown() + ": after line " + line + ": " + reason(unreadable), unreadable);
    }
  }

  /** What the system says: the innermost message, as the outer ones only say that it failed. */
  private static String reason(Throwable failure) {
    Throwable cause = failure.getCause();
    return cause == null
        ? BadTraceException.shown(String.valueOf(failure.getMessage()))
        : reason(cause);
  }
}
