package dev.hognose.limit;

import dev.hognose.alert.Alert;
import dev.hognose.alert.AlertId;
import dev.hognose.alert.Evidence;
import dev.hognose.alert.Wording;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what is known about a limit as alerts. */
final class LimitAlert {

  private static final String SOON_ADVICE =
      "Raise the limit, take load off the service, or restart it before the kernel does. This says"
          + " nothing about a leak: a burst of work or a cache may be all; if it is one, the alert"
          + " of the leak says where.";
  private static final String SHARED_ADVICE =
      " Every process of the container that grows with it tells this: look first at the one whose"
          + " own resident memory grows fastest.";
  private static final String VANISHED_ADVICE =
      "Look for exit code 137 or OOMKilled where the process is supervised: it was near its limit"
          + " and said no farewell, which a crash of the machine or a kill -9 would show as well.";
  private static final String COUNTED_ADVICE =
      "Look which process of the container is gone: the count is the kernel's, and it does not say"
          + " whom it killed. Every process of the container that lives tells this.";

  private final LimitPolicy policy;

  LimitAlert(LimitPolicy policy) {
    this.policy = policy;
  }

  boolean isCritical(Forecast forecast) {
    return forecast.left().compareTo(policy.critical()) <= 0;
  }

  Alert soon(ProcessId process, OpenForecast open, Instant at) {
    Forecast forecast = open.forecast();
    String title =
        whose(process, forecast.whose())
            + " is out of memory in "
            + Wording.time(forecast.left())
            + ": "
            + forecast.memory()
            + " of "
            + forecast.limit()
            + ", growing "
            + forecast.slope();
    return new Alert(
        AlertId.of(Alert.Kind.OUT_OF_MEMORY_SOON, process.key(), open.firedAt()),
        Alert.Kind.OUT_OF_MEMORY_SOON,
        Alert.State.FIRING,
        isCritical(forecast) ? Alert.Severity.CRITICAL : Alert.Severity.WARNING,
        process.service(),
        Optional.of(process),
        open.version(),
        open.firedAt(),
        at.isAfter(open.firedAt()) ? at : open.firedAt(),
        Optional.empty(),
        title,
        figures(forecast),
        Optional.empty(),
        "",
        List.of(),
        List.of(),
        List.of(),
        advice(forecast.whose()),
        1);
  }

  private static String whose(ProcessId process, Forecast.Whose whose) {
    String service = Wording.legible(process.service(), 200);
    return whose == Forecast.Whose.CONTAINER ? "the container of " + service : service;
  }

  private static String advice(Forecast.Whose whose) {
    return whose == Forecast.Whose.CONTAINER ? SOON_ADVICE + SHARED_ADVICE : SOON_ADVICE;
  }

  private static List<Evidence> figures(Forecast forecast) {
    return List.of(
        new Evidence("memory", forecast.memory().count(), "bytes"),
        new Evidence("limit", forecast.limit().count(), "bytes"),
        new Evidence("slope", forecast.slope().bytesPerHour(), "bytes_per_hour"),
        new Evidence("hours_to_limit", hours(forecast.left()), "hours"));
  }

  private static double hours(Duration time) {
    return (double) time.toMillis() / Duration.ofHours(1).toMillis();
  }

  Alert killed(ProcessId process, Killed killed) {
    boolean vanished = killed.seen() == Killed.Seen.VANISHED;
    return new Alert(
        AlertId.of(Alert.Kind.OOM_KILLED, process.key(), killed.firedAt()),
        Alert.Kind.OOM_KILLED,
        Alert.State.FIRING,
        vanished ? Alert.Severity.CRITICAL : Alert.Severity.WARNING,
        process.service(),
        Optional.of(process),
        killed.last().version(),
        killed.firedAt(),
        killed.firedAt(),
        Optional.empty(),
        title(process, killed),
        figures(killed),
        Optional.empty(),
        "",
        List.of(),
        List.of(),
        List.of(),
        vanished ? VANISHED_ADVICE : COUNTED_ADVICE,
        1);
  }

  private static String title(ProcessId process, Killed killed) {
    String service = Wording.legible(process.service(), 200);
    LimitUse last = killed.last();
    if (killed.seen() == Killed.Seen.COUNTED) {
      return "the kernel killed "
          + (killed.kills() == 1 ? "a process" : killed.kills() + " processes")
          + " for memory in the container of "
          + service;
    }
    return service
        + " vanished near its memory limit and was most likely killed: "
        + last.resident()
        + last.limit().map(limit -> " of " + limit).orElse("");
  }

  private static List<Evidence> figures(Killed killed) {
    List<Evidence> figures = new ArrayList<>();
    LimitUse last = killed.last();
    figures.add(new Evidence("memory", last.resident().count(), "bytes"));
    last.usage().ifPresent(usage -> figures.add(new Evidence("container", usage.count(), "bytes")));
    last.limit().ifPresent(limit -> figures.add(new Evidence("limit", limit.count(), "bytes")));
    killed
        .forecast()
        .ifPresent(
            forecast ->
                figures.add(
                    new Evidence("slope", forecast.slope().bytesPerHour(), "bytes_per_hour")));
    if (killed.kills() > 0) {
      figures.add(new Evidence("oom_kills", killed.kills(), "count"));
    }
    return figures;
  }
}
