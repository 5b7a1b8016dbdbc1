package dev.hognose.leak;

import dev.hognose.alert.Alert;
import dev.hognose.alert.AlertId;
import dev.hognose.alert.Evidence;
import dev.hognose.alert.Wording;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Writes a leak as an alert: how fast, in which heap, since when, where, and what to do about it.
 */
final class LeakAlert {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Within six weeks: what is later is no news. */
  private static final double SOON_HOURS = 1_000;

  private final LeakAlertPolicy policy;

  LeakAlert(LeakAlertPolicy policy) {
    this.policy = policy;
  }

  /** The alert as it stands, resolved if the process's end was told. */
  Alert of(LeakLife life, OpenLeak open, LeakEvidence evidence) {
    return life.endedAt()
        .map(end -> resolved(life, open, evidence, end))
        .orElseGet(() -> firing(life, open, evidence));
  }

  Alert resolved(LeakLife life, OpenLeak open, LeakEvidence evidence, Instant end) {
    return firing(life, open, evidence.until(end)).resolved(end);
  }

  private Alert firing(LeakLife life, OpenLeak open, LeakEvidence known) {
    ProcessId process = life.process();
    Instant updatedAt = updatedAt(open, known);
    LeakEvidence evidence =
        known.of(open.told().growth()).growingSince(policy.growingSince(life, updatedAt));
    List<GrowingSite> sites = GrowingSite.of(evidence);
    return new Alert(
        AlertId.of(Alert.Kind.MEMORY_LEAK, process.key(), open.firedAt()),
        Alert.Kind.MEMORY_LEAK,
        Alert.State.FIRING,
        policy.isCritical(open.told().growth()) ? Alert.Severity.CRITICAL : Alert.Severity.WARNING,
        process.service(),
        Optional.of(process),
        open.version(),
        open.firedAt(),
        updatedAt,
        Optional.empty(),
        title(life, open),
        figures(open.told(), evidence),
        sites.stream().findFirst().map(GrowingSite::culprit),
        "",
        List.of(),
        sites.stream().<AllocationGrowth.Site>map(GrowingSite::site).toList(),
        evidence.retention(),
        LeakAdvice.on(open.told().growth(), sites, evidence),
        Math.max(1, open.told().sharing().rising()));
  }

  /** Never earlier than what was told before, so that a reader can tell which is the later. */
  private static Instant updatedAt(OpenLeak open, LeakEvidence evidence) {
    Instant updatedAt = open.firedAt();
    for (Instant known : List.of(open.told().at(), evidence.newest())) {
      updatedAt = known.isAfter(updatedAt) ? known : updatedAt;
    }
    return updatedAt;
  }

  private static String title(LeakLife life, OpenLeak open) {
    Growth growth = open.told().growth();
    boolean sameDay =
        Duration.between(growth.since(), open.firedAt()).compareTo(Duration.ofHours(12)) < 0;
    StringBuilder title = new StringBuilder();
    title
        .append(Wording.legible(life.process().service(), 200))
        .append(" leaks ")
        .append(growth.slope());
    title.append(" in ").append(place(growth.where()));
    title.append(" since ").append((sameDay ? TIME : DAY).format(growth.since()));
    double hours = growth.hoursToLimit().orElse(Double.MAX_VALUE);
    if (hours < SOON_HOURS) {
      title.append(", limit in ").append(Wording.time(time(hours)));
    }
    return title.append(shared(open.told().sharing(), open.version())).toString();
  }

  private static String shared(ServiceWord.Sharing sharing, String version) {
    if (sharing.rising() < 2) {
      return "";
    }
    String processes =
        ", in " + sharing.rising() + " of " + sharing.processes() + " processes of the service";
    return sharing.deploy()
        ? processes + " since version " + Wording.legible(version, 100)
        : processes;
  }

  private static String place(Trend.Where where) {
    return switch (where) {
      case PYTHON -> "the Python heap";
      case PYTHON_HIDDEN -> "the Python heap, hidden in free arenas";
      case NATIVE -> "native memory or large buffers";
      case FRAGMENTATION -> "free memory that the C library keeps (fragmentation)";
    };
  }

  private static Duration time(double hours) {
    return Duration.ofMillis(Math.max(0, Math.round(hours * Duration.ofHours(1).toMillis())));
  }

  private static List<Evidence> figures(OpenLeak.Told told, LeakEvidence evidence) {
    Growth growth = told.growth();
    List<Evidence> figures = new ArrayList<>();
    figures.add(new Evidence("slope", growth.slope().bytesPerHour(), "bytes_per_hour"));
    Trend.SlopeInterval interval = growth.interval();
    figures.add(new Evidence("slope_low", interval.low().bytesPerHour(), "bytes_per_hour"));
    figures.add(new Evidence("slope_high", interval.high().bytesPerHour(), "bytes_per_hour"));
    growth
        .hoursToLimit()
        .ifPresent(hours -> figures.add(new Evidence("hours_to_limit", hours, "hours")));
    growth
        .leastHoursToLimit()
        .ifPresent(hours -> figures.add(new Evidence("hours_to_limit_low", hours, "hours")));
    growth
        .mostHoursToLimit()
        .ifPresent(hours -> figures.add(new Evidence("hours_to_limit_high", hours, "hours")));
    figures.add(new Evidence("confidence", growth.confidence(), "ratio"));
    figures.add(new Evidence("memory", told.footprint().resident().count(), "bytes"));
    told.footprint()
        .limit()
        .ifPresent(limit -> figures.add(new Evidence("limit", limit.count(), "bytes")));
    if (told.sharing().processes() > 1) {
      figures.add(new Evidence("processes", told.sharing().processes(), "count"));
      figures.add(new Evidence("processes_growing", told.sharing().rising(), "count"));
    }
    figures.add(new Evidence("traced_windows", evidence.windows().size(), "count"));
    GrowingSite.of(evidence).stream()
        .findFirst()
        .ifPresent(
            site -> {
              figures.add(new Evidence("site_slope", site.rate().bytesPerHour(), "bytes_per_hour"));
              figures.add(new Evidence("site_share", site.shareOf(growth.slope()), "ratio"));
            });
    return figures;
  }
}
