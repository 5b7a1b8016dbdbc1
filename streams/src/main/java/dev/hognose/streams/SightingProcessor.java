package dev.hognose.streams;

import dev.hognose.diagnosis.ProcessState;
import dev.hognose.diagnosis.ProcessStep;
import dev.hognose.diagnosis.ProcessWatch;
import dev.hognose.diagnosis.Sighting;
import dev.hognose.limit.LimitLife;
import dev.hognose.limit.LimitWatch;
import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps a few readings of each process and asks {@link ProcessWatch} what they show. Key out: the
 * service.
 *
 * <p>Most samples change nothing, and are not read: the state is written when a window of the
 * process ends.
 */
final class SightingProcessor implements Processor<byte[], Heard, String, Sighting> {

  static final String PROCESSES = "diagnosis-processes";

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** How much longer than its patience nothing may be heard before it is said. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** A silent process may only be cut off, and its agent keeps an hour of samples. */
  private static final Duration KEEP_SILENT = Duration.ofHours(4);

  /** What a process said before it stopped may be read after. */
  private static final Duration KEEP_STOPPED = Duration.ofMinutes(10);

  private final ProcessWatch watch;
  private final LimitWatch limits;
  private final OutcomeCounters<ProcessStep.Outcome> counters;
  private final PromptOutputs prompt;
  private final NewSightings news = new NewSightings();

  private ProcessorContext<String, Sighting> context;
  private PromptCommit commit;
  private Part<ProcessState, ProcessState> processes;

  /** Of the limit's judge, who tells of a process near its limit that it was killed. */
  private Part<KnownProcess, LimitLife> limitLives;

  @SuppressWarnings("NullAway.Init")
  SightingProcessor(
      ProcessWatch watch,
      LimitWatch limits,
      OutcomeCounters<ProcessStep.Outcome> counters,
      PromptOutputs prompt) {
    this.watch = watch;
    this.limits = limits;
    this.counters = counters;
    this.prompt = prompt;
  }

  @Override
  public void init(ProcessorContext<String, Sighting> context) {
    this.context = context;
    commit = prompt.newSightings(context);
    processes = Part.of(context, Part.whole(PROCESSES));
    limitLives = Part.of(context, KnownProcess.LIMIT);
    long nowMs = context.currentSystemTimeMs();
    processes.forEach(
        (key, state) -> processes.await(key, nowMs, patience(state).plus(Deadlines.CATCH_UP)));
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellSilence);
  }

  @Override
  public void process(Record<byte[], Heard> record) {
    if (record.value() instanceof Heard.OfSample heard) {
      take(heard.sample());
    } else if (record.value() instanceof Heard.OfEvent heard
        && ProcessWatch.concerns(heard.event())) {
      take(heard.event());
    }
  }

  private void take(Sample sample) {
    ProcessState state = state(sample.process());
    // It speaks, even if what it says makes our own code fail.
    await(state);
    if (isSettled(state, sample)) {
      counters.count(ProcessStep.Outcome.WITHIN);
      return;
    }
    ProcessStep step = watch.next(state, sample);
    counters.count(step.outcome());
    keep(step);
  }

  private boolean isSettled(ProcessState state, Sample sample) {
    return state.life() == ProcessState.Life.RUNNING
        && watch.settled(state).filter(settled -> settled.covers(sample.at())).isPresent();
  }

  private void take(Event event) {
    ProcessState state = state(event.process());
    ProcessStep step = watch.next(state, event);
    if (!step.state().equals(state)) {
      keep(step);
    } else {
      forward(step);
    }
  }

  private void tellSilence(long nowMs) {
    processes.takeDue(nowMs, this::tellSilence);
  }

  private void tellSilence(String key) {
    Optional.ofNullable(processes.get(key))
        .map(this::silence)
        .filter(step -> step.outcome().changesState())
        .ifPresentOrElse(this::keep, () -> forget(key));
  }

  private ProcessStep silence(ProcessState state) {
    return Optional.ofNullable(limitLives.get(state.process().key()))
        .filter(limits::tellsKill)
        .map(killed -> watch.killed(state))
        .orElseGet(() -> watch.silence(state));
  }

  private void keep(ProcessStep step) {
    ProcessState state = step.state();
    if (step.outcome().changesState()) {
      processes.put(state.process().key(), state);
    }
    await(state);
    forward(step);
  }

  private void await(ProcessState state) {
    processes.await(state.process().key(), context.currentSystemTimeMs(), patience(state));
  }

  private void forward(ProcessStep step) {
    step.sightings()
        .forEach(
            sighting ->
                context.forward(
                    OutputRecord.of(sighting.process().service(), sighting, sighting.until())));
    if (news.areIn(step.state().process().key(), step)) {
      commit.ask(latest(step.sightings()).toEpochMilli());
    }
  }

  private static Instant latest(List<Sighting> sightings) {
    return sightings.stream().map(Sighting::until).max(Comparator.naturalOrder()).orElseThrow();
  }

  /** How long nothing may be heard until there is something to do. */
  private Duration patience(ProcessState state) {
    return switch (state.life()) {
      case STOPPED -> KEEP_STOPPED;
      case SILENT -> KEEP_SILENT;
      case RUNNING -> watch.patience(state).plus(SLACK);
    };
  }

  private void forget(String key) {
    processes.delete(key);
    news.forget(key);
  }

  private ProcessState state(ProcessId process) {
    ProcessState stored = processes.get(process.key());
    return stored == null ? ProcessState.unknown(process) : stored;
  }
}
