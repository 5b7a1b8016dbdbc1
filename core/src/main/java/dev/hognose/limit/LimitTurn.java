package dev.hognose.limit;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One step of a life while it is being made: what is known so far, and what is to be told. */
final class LimitTurn {

  private final LimitPolicy policy;
  private final LimitAlert writer;
  private final List<Alert> alerts = new ArrayList<>();
  private LimitLife life;

  LimitTurn(LimitPolicy policy, LimitLife life) {
    this.policy = policy;
    this.writer = new LimitAlert(policy);
    this.life = life;
  }

  LimitLife life() {
    return life;
  }

  void become(LimitLife next) {
    life = next;
  }

  LimitStep step(LimitStep.Outcome outcome) {
    return new LimitStep(life, outcome, alerts);
  }

  /** The limit is near from now on. */
  void open(Forecast forecast, Instant at) {
    String version = life.heard().map(LimitUse::version).orElse("");
    OpenForecast open = new OpenForecast(at, version, forecast, forecast);
    life = life.withSoon(Optional.of(open));
    alerts.add(writer.soon(life.process(), open, at));
  }

  /** It is still near, and told again when that has changed markedly. */
  void follow(OpenForecast open, Forecast forecast, Instant at) {
    OpenForecast now = open.now(forecast);
    boolean louder = writer.isCritical(forecast) && !writer.isCritical(open.told());
    boolean isMarked = louder || isMarked(open.told().left(), forecast.left());
    life = life.withSoon(Optional.of(isMarked ? now.asTold() : now));
    if (isMarked) {
      alerts.add(writer.soon(life.process(), now, at));
    }
  }

  private boolean isMarked(Duration before, Duration now) {
    long leastMs = policy.floor().toMillis();
    long beforeMs = Math.max(leastMs, before.toMillis());
    long nowMs = Math.max(leastMs, now.toMillis());
    return Math.max(beforeMs, nowMs) > policy.marked() * Math.min(beforeMs, nowMs);
  }

  /** The limit is not near any more, or nothing is. */
  void closeSoon(Instant at) {
    life.soon()
        .ifPresent(
            open -> alerts.add(writer.soon(life.process(), open, at).resolved(later(open, at))));
    life = life.withSoon(Optional.empty());
  }

  private static Instant later(OpenForecast open, Instant at) {
    return at.isAfter(open.firedAt()) ? at : open.firedAt();
  }

  void kill(Killed killed) {
    life = life.withKilled(Optional.of(killed));
    alerts.add(writer.killed(life.process(), killed));
  }

  void closeKilled(Instant at) {
    life.killed()
        .ifPresent(
            killed ->
                alerts.add(
                    writer
                        .killed(life.process(), killed)
                        .resolved(at.isAfter(killed.firedAt()) ? at : killed.firedAt())));
    life = life.withKilled(Optional.empty());
  }

  /** A kill is told for a while. */
  void settle(Instant now) {
    life.killed()
        .map(killed -> killed.firedAt().plus(policy.tell()))
        .filter(until -> !now.isBefore(until))
        .ifPresent(this::closeKilled);
  }
}
