package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.alert.Wording;
import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Writes an episode as an alert: what, how much, where, and what to do about it. */
final class LoopBlockAlert {

  private final LoopBlockPolicy policy;
  private final Fingerprint fingerprint;

  LoopBlockAlert(LoopBlockPolicy policy, Fingerprint fingerprint) {
    this.policy = policy;
    this.fingerprint = fingerprint;
  }

  Alert of(Telling telling) {
    Episode episode = telling.episode();
    Instant firedAt = episode.crossedAt().orElseGet(() -> episode.extent().from());
    Alert firing =
        new Alert(
            telling.id(),
            Alert.Kind.LOOP_BLOCK,
            Alert.State.FIRING,
            severity(episode),
            fingerprint.service(),
            Optional.empty(),
            episode.origin().version(),
            firedAt,
            telling.updatedAt(),
            Optional.empty(),
            title(telling),
            evidence(episode),
            fingerprint.hasCulprit() ? episode.worst().culprit() : Optional.empty(),
            cause(),
            episode.stacks().and(episode.tally().lastingStacks()).stacks(),
            List.of(),
            List.of(),
            advice(episode),
            episode.affected().count());
    return telling.resolvedAt().map(firing::resolved).orElse(firing);
  }

  private boolean isOne() {
    return fingerprint.kind() == Fingerprint.Kind.ONE;
  }

  private boolean isStarved() {
    return fingerprint.cause() == LoopBlock.Cause.STARVED;
  }

  private String cause() {
    return fingerprint.cause() == LoopBlock.Cause.UNKNOWN
        ? ""
        : fingerprint.cause().name().toLowerCase(Locale.ROOT);
  }

  private Alert.Severity severity(Episode episode) {
    return policy.isCritical(episode.worst().duration())
        ? Alert.Severity.CRITICAL
        : Alert.Severity.WARNING;
  }

  private String title(Telling telling) {
    Episode episode = telling.episode();
    StringBuilder title = new StringBuilder();
    title.append(fingerprint.service()).append(": event loop blocked ").append(extent(telling));
    if (isStarved()) {
      return title.append(" for want of a processor").append(episode.affected().words()).toString();
    }
    if (!cause().isEmpty()) {
      title.append(" by ").append(cause());
    }
    return title.append(where(episode)).append(episode.affected().words()).toString();
  }

  private static String extent(Telling telling) {
    Episode episode = telling.episode();
    String worst = Wording.time(episode.worst().duration());
    long blocks = episode.tally().blocks();
    if (!episode.worst().ended()) {
      return "for " + worst + (telling.resolvedAt().isPresent() ? " or longer" : " so far");
    }
    return blocks == 1 ? worst : blocks + " times, " + worst + " at worst,";
  }

  private String where(Episode episode) {
    if (!isOne()) {
      return " in more places than the " + policy.mostCulprits() + " that are told apart";
    }
    return " in "
        + episode.worst().culprit().map(Wording::place).orElse("code that no stack shows");
  }

  private static List<Evidence> evidence(Episode episode) {
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(new Evidence("blocks", episode.tally().blocks(), "count"));
    evidence.add(new Evidence("processes", episode.affected().count(), "count"));
    evidence.add(seconds("worst", episode.worst().duration()));
    evidence.add(seconds("lost", episode.tally().lost()));
    evidence.add(new Evidence("worst_minute_share", episode.worstMinuteShare(), "ratio"));
    episode
        .lostShare()
        .ifPresent(share -> evidence.add(new Evidence("lost_share", share, "ratio")));
    evidence.add(time("first_seen", episode.extent().from()));
    evidence.add(time("last_seen", episode.extent().until()));
    if (episode.tally().unended() > 0) {
      evidence.add(new Evidence("unended", episode.tally().unended(), "count"));
    }
    LoopBlock.TimeSplit split = episode.worst().split();
    ifAny("worst_cpu", split.cpu(), evidence);
    ifAny("worst_run_queue", split.runQueue(), evidence);
    ifAny("worst_throttled", split.throttled(), evidence);
    ifAny("worst_gc", split.gc(), evidence);
    ifAny("worst_gil", split.gil(), evidence);
    return evidence;
  }

  private static void ifAny(String name, Duration duration, List<Evidence> evidence) {
    if (!duration.isZero()) {
      evidence.add(seconds(name, duration));
    }
  }

  private static Evidence time(String name, Instant at) {
    return new Evidence(name, at.toEpochMilli() / 1000.0, "unix_seconds");
  }

  private static Evidence seconds(String name, Duration duration) {
    return new Evidence(name, duration.toMillis() / 1000.0, "seconds");
  }

  private String advice(Episode episode) {
    String advice = LoopBlockAdvice.on(fingerprint.cause());
    return episode.worst().stackLate()
        ? advice + " The stack was taken after the block: C code kept the GIL while it lasted."
        : advice;
  }
}
