package dev.hognose.app.judge;

import dev.hognose.app.console.ProgressLine;
import java.io.PrintWriter;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How far the judgement of trace files has come. */
final class Progress {

  private final ProgressLine line;
  private final int files;
  private int filesDone;

  /**
   * Starts the work now.
   *
   * @param terminal where somebody looks, if somebody does
   * @param nanos a clock that never steps
   */
  Progress(Optional<PrintWriter> terminal, LongSupplier nanos, int files) {
    this.line = new ProgressLine(terminal, nanos);
    this.files = files;
  }

  void sample() {
    line.step(
        () -> filesDone + " of " + files + " files, " + line.steps() / 1000 + " thousand samples");
  }

  void fileDone() {
    filesDone++;
  }

  /** Makes room for other lines on the terminal. */
  void hide() {
    line.hide();
  }
}
