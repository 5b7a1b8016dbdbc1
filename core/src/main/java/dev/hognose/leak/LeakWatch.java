package dev.hognose.leak;

import dev.hognose.alert.Wording;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stopped;
import java.time.Instant;
import java.util.Optional;

/**
 * Follows the memory of a process through its life: what {@link LeakDetector} finds becomes a trend
 * and an alert that fires, changes and resolves, with what the process said about where it goes.
 *
 * <p>Pure: time is that of samples and events. A process that fell silent did so as long after its
 * last sample as it may say nothing, whether a timer says it or the next sample shows it; what a
 * timer said too soon, the next sample takes back.
 */
public final class LeakWatch {

  private final LeakDetector detector;
  private final LeakAlertPolicy policy;
  private final Optional<ServicePolicy> service;

  /**
   * With a policy of the service.
   *
   * @param service absent: processes are judged alone
   */
  public LeakWatch(LeakPolicy leak, LeakAlertPolicy policy, Optional<ServicePolicy> service) {
    this.detector = new LeakDetector(leak);
    this.policy = policy;
    this.service = service;
  }

  /** What the processes of a service are judged together by; absent where each is judged alone. */
  public Optional<ServicePolicy> service() {
    return service;
  }

  /** Whether an event bears on the memory of its process. */
  public static boolean concerns(Event event) {
    return event.what() instanceof Stopped
        || event.what() instanceof AllocationGrowth
        || event.what() instanceof Retention;
  }

  /** Takes one observation, in order of arrival. */
  public LeakWatchStep next(LeakLife life, LeakEvidence evidence, Observation observation) {
    return observation.match(
        sampled -> sampled(new LeakTurn(policy, life, evidence), sampled.sample()),
        happened -> happened(life, evidence, happened.event()));
  }

  /** Says that the process fell silent: nothing was heard for longer than its patience. */
  public LeakWatchStep silence(LeakLife life, LeakEvidence evidence) {
    LeakTurn turn = new LeakTurn(policy, life.silenced(), evidence);
    turn.tell();
    turn.life()
        .endedAt()
        .ifPresent(
            end ->
                turn.tellUnknown(
                    end, "silent: no sample for " + Wording.time(turn.life().patience())));
    return turn.step();
  }

  private LeakWatchStep sampled(LeakTurn turn, Sample sample) {
    boolean wasGone = turn.life().wasGoneBefore(sample.at());
    boolean endWasTold = turn.life().isEndTold() || wasGone;
    if (wasGone) {
      LeakStep doubtful = detector.next(turn.life().state(), MemoryReading.of(sample));
      if (isAhead(doubtful.outcome())) {
        turn.read(doubtful);
        return turn.step();
      }
      comeBack(turn, sample.at());
    }
    Heard heard = Heard.of(sample, policy.silence().silentAt(sample));
    LeakLife life = turn.life().heard(heard);
    turn.become(life);
    LeakStep step = detector.next(life.state(), MemoryReading.of(sample));
    turn.read(step);
    if (!endWasTold && isAsBefore(life, step)) {
      return turn.step();
    }
    if (step.outcome() instanceof Outcome.Believed) {
      turn.become(turn.life().heardAnew(heard));
    }
    LeakVerdict verdict = detector.verdict(step.state(), sample.at().toEpochMilli());
    if (service.isEmpty() && !(verdict instanceof LeakVerdict.Unknown)) {
      turn.judge(OpenLeak.alone(turn.life()), changedAt(step.outcome()).orElse(sample.at()));
    }
    if (endWasTold) {
      turn.tellAgain(sample.at());
    }
    if (!life.isEndTold()) {
      turn.tell(trend(turn.life(), verdict));
    }
    return turn.step();
  }

  /** A single sample with a wrong clock does not show that its process was gone until then. */
  private static boolean isAhead(Outcome outcome) {
    return outcome.match(
        counted -> false,
        told -> false,
        believed -> false,
        ignored -> ignored.reason() == Outcome.Reason.CLOCK_AHEAD);
  }

  private static Trend trend(LeakLife life, LeakVerdict alone) {
    Instant at = life.heard().map(Heard::at).orElse(life.process().startedAt());
    return JointVerdict.of(life, alone)
        .asTrend(life.process(), at, life.version())
        .shared(life.sharing())
        .heldBack(JointVerdict.heldBack(life, alone));
  }

  /**
   * Hears what the lives of its service say of the process, once it {@link LeakLife#hasReached has
   * reached} the time that it is said of. What is said is a function of the words, so that it does
   * not matter what the process has said before they come.
   */
  public LeakWatchStep heard(LeakLife life, LeakEvidence evidence, ServiceWord word) {
    LeakTurn turn = new LeakTurn(policy, life, evidence);
    if (!life.isConcernedBy(word)) {
      return turn.step();
    }
    turn.become(life.with(word));
    turn.judge(word.standing(life.open(), life.version()), word.at());
    if (!life.isEndTold()) {
      LeakVerdict alone = detector.verdict(life.state(), life.state().head().watermarkMs());
      turn.tell(trend(turn.life(), alone));
    }
    return turn.step();
  }

  /** Of most samples: no bucket was closed, so that every figure is as it was told. */
  private static boolean isAsBefore(LeakLife life, LeakStep step) {
    return step.outcome() instanceof Outcome.Counted
        && step.state().hasRingsOf(life.state())
        && life.toldTrend().filter(told -> told.verdict() != Trend.Verdict.UNKNOWN).isPresent();
  }

  private void comeBack(LeakTurn turn, Instant at) {
    LeakLife gone = turn.life();
    if (!gone.isEndTold()) {
      turn.become(gone.silenced());
      turn.tell();
    }
    boolean forgotten =
        gone.heard().map(last -> at.isAfter(last.at().plus(policy.forget()))).orElse(false);
    turn.become(forgotten ? LeakLife.begin(gone.process()) : gone.back());
  }

  /** When the bucket ended that changed a mind. */
  private static Optional<Instant> changedAt(Outcome outcome) {
    return outcome.match(
        counted -> Optional.empty(),
        told -> Optional.of(told.event().at()),
        believed -> Optional.empty(),
        ignored -> Optional.empty());
  }

  private LeakWatchStep happened(LeakLife life, LeakEvidence evidence, Event event) {
    Instant growing = policy.growingSince(life, event.at());
    LeakEvidence grown = evidence.growingSince(growing).and(event);
    LeakTurn turn = new LeakTurn(policy, life, grown);
    if (event.what() instanceof Stopped) {
      turn.become(life.stopped(event.at()));
      turn.tell();
      turn.tellUnknown(event.at(), "stopped");
    } else if (!grown.equals(evidence) && !life.hasEndedBefore(event.at())) {
      turn.tell();
    }
    return turn.step();
  }
}
