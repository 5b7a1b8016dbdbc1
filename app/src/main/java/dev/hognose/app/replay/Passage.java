package dev.hognose.app.replay;

import dev.hognose.app.console.Printable;
import dev.hognose.app.console.ProgressLine;
import dev.hognose.app.console.Shell;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Takes records past who listens, while a person sees how far it is. */
final class Passage {

  private final Shell shell;
  private final Services services;

  /**
   * A passage.
   *
   * @param service the only one whose records pass; absent: all
   */
  Passage(Shell shell, Optional<String> service) {
    this.shell = shell;
    this.services = new Services(service);
  }

  void of(PastRecords records, List<Listener> listeners) throws IOException {
    ProgressLine progress =
        new ProgressLine(ProgressLine.onTerminal(shell.err().printer()), System::nanoTime);
    Replay replay = new Replay(records, services, progress);
    try {
      replay.through(listeners);
    } finally {
      progress.hide();
    }
    records.remark().ifPresent(this::remark);
    if (records.window().isOpen()) {
      remark(
          "the file ends at "
              + replay.end()
              + ": who did not say farewell is told as silent or killed, also if it still runs");
    }
    long older = services.startedBefore(records.window().readFrom());
    if (older > 0) {
      remark(
          older
              + " processes are older than the warm-up, which begins at "
              + records.window().readFrom()
              + ": what is told of their memory may differ from what was told live");
    }
  }

  private void remark(String sentence) {
    shell.err().say("hognose replay: " + Printable.escaped(sentence));
  }
}
