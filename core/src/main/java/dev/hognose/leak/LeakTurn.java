package dev.hognose.leak;

import dev.hognose.alert.Alert;
import dev.hognose.sample.ProcessId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    shown =
        LifeObservation.between(process.host() + "/" + process.pid(), life.state(), step.state())
            .map(shownNow -> shownNow.of(process, life.version()));
    life = life.judged(step.state());
  }

  /** Takes what stands at a time: a leak fires, goes on, or is over while the process goes on. */
  void judge(Optional<OpenLeak> standing, Instant at) {
    Optional<OpenLeak> known = life.open();
    Optional<OpenLeak> gone = known.filter(open -> !isSame(open, standing));
    gone.ifPresent(open -> close(open, standing.map(OpenLeak::firedAt).orElse(at)));
    standing.ifPresent(
        leak ->
            known
                .filter(open -> isSame(open, standing))
                .ifPresentOrElse(open -> follow(open, leak), () -> open(leak)));
  }

  private static boolean isSame(OpenLeak open, Optional<OpenLeak> standing) {
    return standing.filter(leak -> leak.firedAt().equals(open.firedAt())).isPresent();
  }

  private void open(OpenLeak leak) {
    life = life.with(Optional.of(leak));
    tell();
  }

  /** Tells a leak that goes on when it has changed markedly. */
  private void follow(OpenLeak open, OpenLeak now) {
    OpenLeak.Told before = open.told();
    Growth growth = now.told().growth();
    boolean louder = policy.isCritical(growth) && !policy.isCritical(before.growth());
    boolean spread = policy.isMarked(before.sharing().rising(), now.told().sharing().rising());
    boolean marked = louder || spread || policy.isMarked(before.growth(), growth);
    OpenLeak found = open.foundAs(now);
    life = life.with(Optional.of(marked ? found.with(now.told()) : found));
    if (marked) {
      tell();
    }
  }

  private void close(OpenLeak open, Instant at) {
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
              life = life.with(Optional.of(open.toldAt(alert.updatedAt())));
            });
  }

  /** Says again at a later time how the alert stands, if there is one. */
  void tellAgain(Instant at) {
    life = life.with(life.open().map(open -> open.toldAt(at)));
    tell();
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
      tell(
          new TrendOfVerdict(life.process(), at, life.version())
              .still(Trend.Verdict.UNKNOWN, reason));
    }
  }

  LeakWatchStep step() {
    return new LeakWatchStep(life, evidence, reading, trend, alerts, shown);
  }
}
