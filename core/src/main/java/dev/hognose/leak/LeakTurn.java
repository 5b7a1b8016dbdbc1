package dev.hognose.leak;

import dev.hognose.alert.Alert;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
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
  private Optional<LifeObservation> shown = Optional.empty();

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
    ProcessId process = life.process();
    String version = life.heard().map(Heard::version).orElse("");
    shown =
        LifeObservation.between(process.host() + "/" + process.pid(), life.state(), step.state())
            .map(shownNow -> shownNow.of(process, version));
    life = life.judged(step.state());
  }

  /** A leak that fires. */
  void open(Growth growth, Instant firedAt) {
    boolean alone = life.word().filter(ServiceWord::isOfPeers).isEmpty();
    OpenLeak.Told told = new OpenLeak.Told(firedAt, growth, life.sharing().rising());
    life = life.with(Optional.of(new OpenLeak(firedAt, version(), growth, alone, told)));
    tell();
  }

  /** That it began with: the one that runs, unless an earlier life had it already. */
  private String version() {
    String known = life.sharing().version();
    return known.isEmpty() ? life.heard().map(Heard::version).orElse("") : known;
  }

  /** A leak that goes on, told when it has changed markedly. */
  void follow(OpenLeak open, Growth growth) {
    life = life.with(Optional.of(open.grown(growth)));
    OpenLeak.Told told = open.told();
    boolean louder = policy.isCritical(growth) && !policy.isCritical(told.growth());
    boolean spread = policy.isMarked(told.rising(), life.sharing().rising());
    if (louder || spread || policy.isMarked(told.growth(), growth)) {
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
              life = life.with(Optional.of(open.told(alert.updatedAt(), life.sharing().rising())));
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
    return new LeakWatchStep(life, evidence, reading, trend, alerts, shown);
  }
}
