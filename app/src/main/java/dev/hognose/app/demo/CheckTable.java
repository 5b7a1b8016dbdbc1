package dev.hognose.app.demo;

import dev.hognose.app.console.Table;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** The result of a check as people read it; every figure in it was measured. */
final class CheckTable {

  private static final String HOW_IT_IS_MEASURED =
      " A loop block is timed from the start of the first one, a leak from its first request,"
          + " until the alert was read.\n"
          + " A twin's silence is the time over which its samples came and no alert accused its code;"
          + " that a loop was starved is the machine's fault.";

  private CheckTable() {}

  static String of(Check check) {
    return String.join("\n", faults(check), "", twins(check), "", HOW_IT_IS_MEASURED)
        + check.unplanned().stream()
            .map(alert -> "\n Beside the plan: " + AlertLine.of(alert))
            .collect(Collectors.joining());
  }

  private static String faults(Check check) {
    return Table.of(
        check.searches(),
        List.of(
            Table.text("fault", search -> search.fault().name()),
            Table.text("alert", search -> sort(search.fault())),
            Table.figure("fired after", search -> seconds(search.firedAfter())),
            Table.figure("line after", search -> seconds(search.namedAfter())),
            Table.text("culprit found", CheckTable::found),
            Table.text("planted", search -> AlertLine.place(search.fault().culprit()))));
  }

  private static String twins(Check check) {
    return Table.of(
        check.searches(),
        List.of(
            Table.text("clean twin", search -> search.fault().twin()),
            Table.text("in service", search -> search.fault().twinService()),
            Table.figure("silent for", search -> silence(check, search.fault()))));
  }

  private static String sort(PlantedFault fault) {
    return (Words.of(fault.kind()) + " " + fault.cause()).strip();
  }

  private static String found(Search search) {
    return search.isOver() ? "as planted" : search.culpritFound();
  }

  private static String silence(Check check, PlantedFault fault) {
    return check.silence(fault.twinService()).map(CheckTable::seconds).orElse("accused or unheard");
  }

  private static String seconds(Duration time) {
    return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
  }

  private static String seconds(Optional<Duration> duration) {
    return duration.map(CheckTable::seconds).orElse("-");
  }
}
