package dev.hognose.app.demo;

import dev.hognose.alert.Alert;
import dev.hognose.app.console.Printable;
import dev.hognose.sample.AllocationGrowth.Site;
import dev.hognose.sample.Frame;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** An alert as one line: what, whose, and where in the code. */
final class AlertLine {

  /** What comes before a module's own path, installed or in its source tree. */
  private static final Pattern WAY_TO_MODULE = Pattern.compile(".*/(site-packages|src)/");

  private AlertLine() {}

  static String of(Alert alert) {
    return Printable.escaped(
        Words.of(alert.state())
            + "  "
            + (Words.of(alert.kind()) + " " + alert.cause()).strip()
            + "  "
            + alert.service()
            + place(alert).map(frame -> "  at " + place(frame)).orElse(""));
  }

  /** Without the way to where packages are. */
  static String place(Frame frame) {
    String file = WAY_TO_MODULE.matcher(frame.file()).replaceFirst("");
    return new Frame(file, frame.line(), frame.function()).toString();
  }

  /** The culprit, else the innermost frame of the largest allocation site. */
  static Optional<Frame> place(Alert alert) {
    return alert
        .culprit()
        .or(
            () ->
                alert.sites().stream()
                    .map(Site::frames)
                    .filter(frames -> !frames.isEmpty())
                    .map(AlertLine::innermost)
                    .findFirst());
  }

  private static Frame innermost(List<Frame> frames) {
    return frames.get(frames.size() - 1);
  }
}
