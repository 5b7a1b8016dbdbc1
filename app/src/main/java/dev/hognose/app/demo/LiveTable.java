package dev.hognose.app.demo;

import dev.hognose.app.console.Output;
import dev.hognose.app.console.Table;
import dev.hognose.app.console.Terminal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** For terminals: a table that is drawn again where it stands, below what was told. */
final class LiveTable implements View {

  private static final Duration REDRAW = Duration.ofMillis(500);
  private static final int MARGIN_ROWS = 2;

  private final Output out;
  private final Terminal terminal;
  private int drawn;
  private long nextNanos = System.nanoTime();

  LiveTable(Output out, Terminal terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public void tell(String news) {
    draw(List.of(cut(news)));
    drawn = 0;
    nextNanos = System.nanoTime();
  }

  @Override
  public void show(Scene scene) {
    if (System.nanoTime() >= nextNanos) {
      nextNanos = System.nanoTime() + REDRAW.toNanos();
      List<String> lines = lines(scene);
      draw(lines);
      drawn = lines.size();
    }
  }

  @Override
  public void end(Scene scene) {
    draw(lines(scene));
    out.say("\n" + CheckTable.of(scene.check()));
  }

  private List<String> lines(Scene scene) {
    List<String> lines = new ArrayList<>(List.of(""));
    Table.of(
            scene.processes(),
            List.of(
                Table.text("service", view -> view.process().service()),
                Table.figure("pid", view -> Long.toString(view.process().pid())),
                Table.figure("memory", ProcessView::memory),
                Table.text("trend", ProcessView::verdict),
                Table.figure("cpu", ProcessView::cpu),
                Table.figure("loop lag p99", ProcessView::lag)))
        .lines()
        .forEach(lines::add);
    lines.add("");
    scene.alerts().forEach(alert -> lines.add(" " + AlertLine.of(alert)));
    return lines.stream().limit(terminal.rows() - MARGIN_ROWS).map(this::cut).toList();
  }

  /** Replaces what was drawn last: up to its first line, and clear from there. */
  private void draw(List<String> lines) {
    StringBuilder text = new StringBuilder();
    if (drawn > 0) {
      text.append("\u001b[").append(drawn).append('A');
    }
    text.append("\u001b[J");
    text.append(String.join("\n", lines));
    out.say(text.toString());
  }

  private String cut(String line) {
    return line.length() < terminal.columns() ? line : line.substring(0, terminal.columns() - 1);
  }
}
