package dev.hognose.streams;

import dev.hognose.leak.LeakEvidence;
import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakWatch;
import dev.hognose.leak.LeakWatchStep;
import dev.hognose.leak.Observation;
import dev.hognose.leak.ServicePolicy;
import dev.hognose.sample.ProcessId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/** Keeps the life of each process and asks {@link LeakWatch} what to tell. */
final class LeakTrendProcessor implements Processor<byte[], Heard, String, Told> {

  static final String EVIDENCE = "leak-evidence";

  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration LAST_WORDS = Duration.ofSeconds(10);

  /** How much longer than its patience nothing may be heard before it is said. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** A silent process may only be cut off, and its agent keeps an hour of samples. */
  private static final Duration KEEP_SILENT = Duration.ofHours(4);

  /** What a process said before it stopped may be read after. */
  private static final Duration KEEP_STOPPED = Duration.ofMinutes(10);

  private final LeakWatch watch;
  private final Optional<ServicePolicy> service;
  private final OutcomeCounters<ReadingOutcome> counters;
  private ProcessorContext<String, Told> context;
  private LeakLives lives;
  private KeyValueStore<String, LeakEvidence> evidence;
  private WaitingWords words;
  private Optional<TaskProgress> progress = Optional.empty();

  @SuppressWarnings("NullAway.Init")
  LeakTrendProcessor(LeakWatch watch, OutcomeCounters<ReadingOutcome> counters) {
    this.watch = watch;
    this.service = watch.service();
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, Told> context) {
    this.context = context;
    lives = new LeakLives(context);
    evidence = context.getStateStore(EVIDENCE);
    words = new WaitingWords(context);
    long nowMs = context.currentSystemTimeMs();
    lives.forEach(
        life -> lives.await(life.process().key(), nowMs, patience(life).plus(Deadlines.CATCH_UP)));
    progress = service.map(policy -> new TaskProgress(context, policy, BEAT));
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellProgress);
    context.schedule(LAST_WORDS, PunctuationType.WALL_CLOCK_TIME, this::hearLastWords);
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellSilence);
  }

  @Override
  public void process(Record<byte[], Heard> record) {
    if (record.value() instanceof Heard.OfSample heard) {
      take(heard.sample().process(), new Observation.Sampled(heard.sample()));
    } else if (record.value() instanceof Heard.OfEvent heard && LeakWatch.concerns(heard.event())) {
      take(heard.event().process(), new Observation.Happened(heard.event()));
    }
  }

  private void take(ProcessId process, Observation observation) {
    String key = process.key();
    progress.ifPresent(TaskProgress::read);
    // It speaks, even if what it says makes our own code fail.
    lives.get(key).ifPresent(known -> await(key, known));
    hearWords(key);
    LeakLife life = lives.get(key).orElseGet(() -> LeakLife.begin(process));
    LeakEvidence known = evidence(key);
    LeakWatchStep step = watch.next(life, known, observation);
    step.reading().map(ReadingOutcome::of).ifPresent(counters::count);
    if (!step.evidence().equals(known)) {
      evidence.put(key, step.evidence());
    }
    if (observation instanceof Observation.Sampled sampled && step.hasCounted()) {
      long atMs = sampled.sample().at().toEpochMilli();
      progress
          .flatMap(task -> task.counted(atMs))
          .ifPresent(report -> report(report, sampled.sample().at()));
    }
    keep(key, life, step);
  }

  private void tellProgress(long nowMs) {
    progress
        .flatMap(TaskProgress::beat)
        .ifPresent(report -> report(report, Instant.ofEpochMilli(nowMs)));
  }

  /** For all services, whatever their names. */
  private void report(TaskReport report, Instant at) {
    context.forward(OutputRecord.of("", new Told.OfReport(report), at));
  }

  /** Words that came meanwhile are heard first. */
  private void hearWords(String key) {
    words.hear(
        key,
        word -> lives.get(key).filter(life -> life.hasReached(word.at())).isPresent(),
        word ->
            lives
                .get(key)
                .ifPresent(life -> keep(key, life, watch.heard(life, evidence(key), word))));
  }

  /** What is said of a process that has nothing more to say. */
  private void hearLastWords(long nowMs) {
    words.processes().forEach(this::hearWords);
  }

  private void tellSilence(long nowMs) {
    lives.takeDue(nowMs, this::tellSilence);
  }

  private void tellSilence(String key) {
    hearWords(key);
    lives
        .get(key)
        .filter(life -> !life.isEndTold())
        .ifPresentOrElse(
            life -> keep(key, life, watch.silence(life, evidence(key))), () -> forget(key));
  }

  private void keep(String key, LeakLife before, LeakWatchStep step) {
    lives.put(key, before, step.life());
    await(key, step.life());
    step.trend()
        .ifPresent(
            trend ->
                context.forward(
                    OutputRecord.of(key, new Told.OfTrend(Optional.of(trend)), trend.at())));
    step.alerts()
        .forEach(
            alert ->
                context.forward(
                    OutputRecord.of(alert.id(), new Told.OfAlert(alert), alert.updatedAt())));
    step.shown()
        .ifPresent(
            shown ->
                context.forward(
                    OutputRecord.of(
                        step.life().process().service(),
                        new Told.OfReport(
                            new TaskReport.Showed(context.taskId().partition(), shown)),
                        Instant.ofEpochMilli(shown.atMs()))));
  }

  private void await(String key, LeakLife life) {
    lives.await(key, context.currentSystemTimeMs(), patience(life));
  }

  /** How long nothing may be heard until there is something to do. */
  private static Duration patience(LeakLife life) {
    if (life.stoppedAt().isPresent()) {
      return KEEP_STOPPED;
    }
    boolean isWaitedFor = life.heard().isPresent() && !life.silent();
    return isWaitedFor ? life.patience().plus(SLACK) : KEEP_SILENT;
  }

  private void forget(String key) {
    lives
        .get(key)
        .filter(life -> life.toldTrend().isPresent())
        .ifPresent(
            life ->
                context.forward(
                    OutputRecord.of(key, new Told.OfTrend(Optional.empty()), last(life))));
    lives.delete(key);
    evidence.delete(key);
    words.forget(key);
  }

  private static Instant last(LeakLife life) {
    return life.heard().map(heard -> heard.silentAt()).orElse(life.process().startedAt());
  }

  private LeakEvidence evidence(String key) {
    return Optional.ofNullable(evidence.get(key)).orElse(LeakEvidence.NONE);
  }
}
