package dev.hognose.leak;

import dev.hognose.alert.Alert;
import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One step of a life while it is being made: what is known so far, and what is to be told. */
final class LeakTurn {

  private final LeakAlertPolicy policy;
  private final LeakAlert writer;
  private final LeakEvidence evidence;
  private final List<Alert> alerts = new ArrayList<>();
  private LeakLife life;
  private Optional<Outcome> reading = Optional.empty();
  private Optional<Trend> trend = Optional.empty();

  LeakTurn(LeakAlertPolicy policy, LeakLife life, LeakEvidence evidence) {
    this.policy = policy;
    this.writer = new LeakAlert(policy);
    this.life = life;
    this.evidence = evidence;
  }

  LeakLife life() {
    return life;
  }

  void become(LeakLife next) {
    life = next;
  }

  void read(LeakStep step) {
    reading = Optional.of(step.outcome());
    life = life.judged(step.state());
  }

  /** A leak that fires. */
  void open(Growth growth, Instant firedAt) {
    String version = life.heard().map(Heard::version).orElse("");
    life = life.with(Optional.of(new OpenLeak(firedAt, version, growth, growth, firedAt)));
    tell();
  }

  /** A leak that goes on, told when it has changed markedly. */
  void follow(OpenLeak open, Growth growth) {
    life = life.with(Optional.of(open.grown(growth)));
    boolean louder = policy.isCritical(growth) && !policy.isCritical(open.told());
    if (louder || policy.isMarked(open.told(), growth)) {
      tell();
    }
  }

  /** A leak that is over while the process goes on. */
  void close(OpenLeak open, Instant at) {
    alerts.add(writer.resolved(life, open, evidence, at));
    life = life.with(Optional.empty());
  }

  /** Says how the alert stands, if there is one. */
  void tell() {
    life.open()
        .ifPresent(
            open -> {
              Alert alert = writer.of(life, open, evidence);
              alerts.add(alert);
              life = life.with(Optional.of(open.told(alert.updatedAt())));
            });
  }

  /** Says the trend if it differs markedly from what was said. */
  void tell(Trend latest) {
    ToldTrend now = ToldTrend.of(latest);
    if (life.toldTrend().map(told -> told.differsFrom(now, policy)).orElse(true)) {
      trend = Optional.of(latest);
      life = life.told(latest);
    }
  }

  /** Says that nothing is known any more, if anything was said to be known. */
  void tellUnknown(Instant at, String reason) {
    if (life.toldTrend().isPresent()) {
      tell(unknown(at, reason));
    }
  }

  private Trend unknown(Instant at, String reason) {
    return new Trend(
        life.process(),
        at,
        Trend.Verdict.UNKNOWN,
        reason,
        Optional.empty(),
        GrowthRate.ZERO,
        Optional.empty(),
        Optional.empty(),
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        life.heard().map(Heard::version).orElse(""),
        1);
  }

  LeakWatchStep step() {
    return new LeakWatchStep(life, evidence, reading, trend, alerts);
  }
}
