package dev.hognose.app.demo;

import dev.hognose.app.console.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The result of a check as people read it; every figure in it was measured. */
final class CheckTable {

  private CheckTable() {}

  static String of(Check check) {
    return Table.of(
            check.searches(),
            List.of(
                Table.text("fault", search -> search.fault().name()),
                Table.text("alert", search -> sort(search.fault())),
                Table.figure("fired after", search -> seconds(search.firedAfter())),
                Table.figure("line known after", search -> seconds(search.namedAfter())),
                Table.text("culprit found", CheckTable::found),
                Table.text("planted", search -> AlertLine.place(search.fault().culprit())),
                Table.text("clean twin", search -> search.fault().twin()),
                Table.figure(
                    "silent for", search -> seconds(check.silence(search.fault().twinService())))))
        + "\n A loop block is timed from the start of the first one, a leak from its first request,"
        + " until the alert was read from the topic."
        + "\n A twin's silence is the time over which its samples came without an alert."
        + check.unplanned().stream()
            .map(alert -> "\n Beside the plan: " + AlertLine.of(alert))
            .collect(Collectors.joining());
  }

  private static String sort(PlantedFault fault) {
    return (Words.of(fault.kind()) + " " + fault.cause()).strip();
  }

  private static String found(Search search) {
    return search.isOver() ? "yes, that line" : search.culpritFound();
  }

  private static String seconds(Optional<Duration> duration) {
    return duration
        .map(time -> String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0))
        .orElse("-");
  }
}
