package dev.hognose.app.console;

import com.github.freva.asciitable.AsciiTable;
import com.github.freva.asciitable.Column;
import com.github.freva.asciitable.ColumnData;
import com.github.freva.asciitable.HorizontalAlign;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Rows under headings, as plain text that is harmless on a terminal. */
public final class Table {

  private static final int WIDEST = 120;

  private Table() {}

  public static <T> String of(Collection<T> rows, List<ColumnData<T>> columns) {
    return AsciiTable.builder()
        .border(AsciiTable.NO_BORDERS)
        .data(rows, columns)
        .asString()
        .lines()
        .map(String::stripTrailing)
        .collect(Collectors.joining("\n"));
  }

  public static <T> ColumnData<T> text(String heading, Function<T, String> cell) {
    return column(heading, HorizontalAlign.LEFT, cell);
  }

  /** Figures, aligned by their last digit. */
  public static <T> ColumnData<T> figure(String heading, Function<T, String> cell) {
    return column(heading, HorizontalAlign.RIGHT, cell);
  }

  private static <T> ColumnData<T> column(
      String heading, HorizontalAlign align, Function<T, String> cell) {
    return new Column()
        .header(heading)
        .headerAlign(align)
        .dataAlign(align)
        .maxWidth(WIDEST)
        .with(cell.andThen(Printable::escaped));
  }
}
