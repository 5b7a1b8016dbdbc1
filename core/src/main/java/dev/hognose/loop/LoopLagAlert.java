package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.service.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes an episode of lag as an alert: how late, since when, why, and what to do about it. */
final class LoopLagAlert {

  private static final double P99 = 0.99;

  private LoopLagAlert() {}

  static Alert of(LagEpisodes all, LagTelling telling) {
    LagEpisode episode = telling.episode();
    Alert firing =
        new Alert(
            telling.id(),
            Alert.Kind.LOOP_LAG,
            Alert.State.FIRING,
            Alert.Severity.WARNING,
            all.service(),
            Optional.empty(),
            episode.origin().version(),
            episode.crossedAt(),
            telling.updatedAt(),
            Optional.empty(),
            title(all, episode),
            evidence(episode),
            Optional.empty(),
            all.cause().name().toLowerCase(Locale.ROOT),
            List.of(),
            List.of(),
            List.of(),
            advice(all.cause()),
            episode.affected().count());
    return telling.resolvedAt().map(firing::resolved).orElse(firing);
  }

  private static String title(LagEpisodes all, LagEpisode episode) {
    return String.format(
        Locale.ROOT,
        "%s: event loop runs what is due %d ms late in the mean %s%s",
        all.service(),
        episode.worst().toMillis(),
        all.cause().words(),
        episode.affected().words());
  }

  private static List<Evidence> evidence(LagEpisode episode) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence("minutes", episode.minutes(), "count"));
    evidence.add(new Evidence("processes", episode.affected().count(), "count"));
    evidence.add(seconds("worst_mean_lag", episode.worst()));
    double p99 = episode.time().lag().quantileBound(P99);
    if (Double.isFinite(p99)) {
      evidence.add(new Evidence("lag_p99", p99, "seconds"));
    }
    evidence.add(seconds("lag", episode.time().excess()));
    evidence.add(seconds("lag_of_blocks", episode.time().late().minus(episode.time().excess())));
    Waits waits = episode.waits();
    evidence.add(seconds("gil_wait", waits.gil()));
    evidence.add(seconds("gc_pauses", waits.gc()));
    evidence.add(seconds("run_queue", waits.runQueue()));
    evidence.add(seconds("throttled", waits.throttled()));
    evidence.add(time("first_seen", episode.extent().from()));
    evidence.add(time("last_seen", episode.extent().until()));
    return evidence;
  }

  private static Evidence seconds(String name, Duration duration) {
    return new Evidence(name, duration.toMillis() / 1000.0, "seconds");
  }

  private static Evidence time(String name, Instant at) {
    return new Evidence(name, at.toEpochMilli() / 1000.0, "unix_seconds");
  }

  private static String advice(LagCause cause) {
    return switch (cause) {
      case GIL ->
          "Other threads keep the GIL: look for CPU work in threads and move it into processes.";
      case GC ->
          "Collections are frequent or long: call gc.freeze() after start-up, raise"
              + " gc.set_threshold(), and look for reference cycles.";
      case STARVED ->
          "The process got no CPU: raise the CPU quota or run fewer workers and native threads a"
              + " core.";
      case UNEXPLAINED ->
          "Many callbacks, each too short to be a block, keep the loop busy: see the hot code of"
              + " the service and its CPU.";
    };
  }
}
