package dev.hognose.limit;

import dev.hognose.limit.LimitStep.Outcome;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Sample;
import java.time.Instant;
import java.util.Optional;

/**
 * Follows the memory of a process against the limit of its container: tells when it is reached
 * within the hour, and when the process was killed there. Says nothing about leaks.
 *
 * <p>Pure: time is that of samples and events. What a timer said too soon the next sample takes
 * back.
 */
public final class LimitWatch {

  private final LimitPolicy policy;
  private final ForecastDetector detector;
  private final KillDetector kills;

  public LimitWatch(LimitPolicy policy) {
    this.policy = policy;
    this.detector = new ForecastDetector(policy);
    this.kills = new KillDetector(policy);
  }

  public LimitPolicy policy() {
    return policy;
  }

  /** Takes one sample, in order of arrival. Never fails. */
  public LimitStep sampled(LimitLife life, Sample sample) {
    return used(life, LimitUse.of(sample, policy.silence().silentAt(sample)));
  }

  /** Takes what is known of a sample, where that is all there is. */
  public LimitStep used(LimitLife life, LimitUse use) {
    LimitTurn turn = new LimitTurn(policy, life);
    if (use.resident().count() == 0) {
      return turn.step(Outcome.FAILED_READ);
    }
    UseFloor floor =
        new UseFloor(
            Math.floorDiv(use.at().toEpochMilli(), policy.floor().toMillis()),
            use.resident().count() >> 10,
            use.used().count() >> 10,
            use.resident().count() >> 10);
    if (life.floors().areClosedFor(floor)) {
      return turn.step(Outcome.LATE);
    }
    if (isDoubted(life.floors(), floor)) {
      turn.become(life.with(life.floors().doubting(floor)));
      return turn.step(life.floors().isBehind(floor) ? Outcome.CLOCK_BEHIND : Outcome.CLOCK_AHEAD);
    }
    comeBack(turn, use.at());
    turn.settle(use.at());
    LimitUse latest = latest(turn.life(), use, floor);
    tellKills(turn, latest);
    if (use.limit().isEmpty()) {
      unlimited(turn, latest);
      return turn.step(Outcome.NO_LIMIT);
    }
    UseFloors closed = turn.life().floors();
    turn.become(turn.life().heard(latest, closed.with(floor, policy)));
    if (closed.areClosedBy(floor) && !turn.life().isEndTold()) {
      judge(turn, closed, use.limit().get());
    }
    return turn.step(Outcome.COUNTED);
  }

  private boolean isDoubted(UseFloors floors, UseFloor floor) {
    return floors.areFarFrom(floor, policy) && !floors.isConfirmedBy(floor);
  }

  /** One limit that is not there may only not have been read; when two are not, there is none. */
  private static void unlimited(LimitTurn turn, LimitUse use) {
    LimitLife life = turn.life();
    boolean wasLimited = life.heard().filter(last -> last.limit().isPresent()).isPresent();
    if (!wasLimited) {
      turn.closeSoon(use.at());
    }
    turn.become(turn.life().heard(use, wasLimited ? life.floors() : UseFloors.NONE));
  }

  /**
   * Within a bucket samples come in any order, and the newest is remembered, with what was last
   * known of the kills.
   */
  private static LimitUse latest(LimitLife life, LimitUse use, UseFloor floor) {
    boolean sameBucket =
        !life.floors().isEmpty() && life.floors().newest().bucket() == floor.bucket();
    return life.heard()
        .map(
            last ->
                sameBucket && last.at().isAfter(use.at())
                    ? last.orKillsOf(use)
                    : use.orKillsOf(last))
        .orElse(use);
  }

  /** What is only read after its farewell, and was said before it, shows nobody back. */
  private void comeBack(LimitTurn turn, Instant at) {
    LimitLife life = turn.life();
    boolean wasGone = life.goneAt(policy).map(at::isAfter).orElse(false);
    if (wasGone && !life.isEndTold()) {
      end(turn);
    }
    if (life.stoppedAt().map(at::isAfter).orElse(wasGone || life.gone())) {
      turn.life()
          .killed()
          .filter(killed -> killed.seen() == Killed.Seen.VANISHED)
          .ifPresent(killed -> turn.closeKilled(at));
      turn.become(turn.life().back());
    }
  }

  private static void tellKills(LimitTurn turn, LimitUse use) {
    Optional<LimitUse> last = turn.life().heard();
    long before = last.isEmpty() ? -1 : last.get().oomKills().orElse(-1);
    long now = use.oomKills().orElse(-1);
    if (before >= 0 && now > before) {
      turn.closeKilled(use.at());
      turn.kill(
          new Killed(
              use.at(),
              Killed.Seen.COUNTED,
              now - before,
              use,
              turn.life().soon().map(OpenForecast::forecast)));
    }
  }

  private void judge(LimitTurn turn, UseFloors closed, Bytes limit) {
    Instant at = Instant.ofEpochMilli((closed.newest().bucket() + 1) * policy.floor().toMillis());
    Optional<OpenForecast> open = turn.life().soon();
    if (open.isEmpty() && !detector.mayBeFirm(closed, limit)) {
      return;
    }
    Optional<Forecast> forecast = detector.forecast(closed, limit);
    if (open.isEmpty()) {
      forecast
          .filter(found -> detector.isFirm(closed, found))
          .ifPresent(found -> turn.open(found, at));
      return;
    }
    double farMs = policy.cleared() * policy.horizon().toMillis();
    forecast
        .filter(found -> found.left().toMillis() <= farMs)
        .ifPresentOrElse(found -> turn.follow(open.get(), found, at), () -> turn.closeSoon(at));
  }

  /** Takes the news that the process ended and could still say so: it was not killed. */
  public LimitStep stopped(LimitLife life, Instant at) {
    LimitTurn turn = new LimitTurn(policy, life.stopped(at));
    turn.closeSoon(at);
    life.killed()
        .filter(killed -> killed.seen() == Killed.Seen.VANISHED)
        .ifPresent(killed -> turn.closeKilled(at));
    return turn.step(Outcome.COUNTED);
  }

  /**
   * Says that nothing was heard for longer than a process's patience, or that a kill was told for
   * long enough.
   */
  public LimitStep silence(LimitLife life) {
    LimitTurn turn = new LimitTurn(policy, life);
    if (life.isEndTold()) {
      turn.life().killed().ifPresent(killed -> turn.settle(killed.firedAt().plus(policy.tell())));
    } else {
      end(turn);
    }
    return turn.step(Outcome.COUNTED);
  }

  /** Whether a silence of the process is told as its kill: soon, now, or for as long as that is. */
  public boolean tellsKill(LimitLife life) {
    boolean isTold =
        life.killed().filter(killed -> killed.seen() == Killed.Seen.VANISHED).isPresent();
    return isTold || (life.stoppedAt().isEmpty() && kills.vanished(life).isPresent());
  }

  private void end(LimitTurn turn) {
    LimitLife life = turn.life();
    Optional<Killed> killed = kills.vanished(life);
    life.goneAt(policy).ifPresent(turn::closeSoon);
    turn.become(turn.life().ended());
    killed.ifPresent(
        found -> {
          life.killed().ifPresent(counted -> turn.closeKilled(found.firedAt()));
          turn.kill(found);
        });
  }
}
