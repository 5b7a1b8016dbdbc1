package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.limit.LimitLife;
import dev.hognose.limit.LimitStep;
import dev.hognose.limit.LimitWatch;
import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Keeps what each process has of its limit and asks {@link LimitWatch} what to tell. */
final class OutOfMemoryProcessor implements Processor<byte[], Heard, String, Alert> {

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** How much longer than its patience nothing may be heard before it is said. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** A process that is gone may only be cut off, and come back. */
  private static final Duration KEEP = Duration.ofMinutes(10);

  private final LimitWatch watch;
  private final OutcomeCounters<LimitStep.Outcome> counters;
  private ProcessorContext<String, Alert> context;
  private Part<KnownProcess, LimitLife> lives;

  @SuppressWarnings("NullAway.Init")
  OutOfMemoryProcessor(LimitWatch watch, OutcomeCounters<LimitStep.Outcome> counters) {
    this.watch = watch;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, Alert> context) {
    this.context = context;
    lives = Part.of(context, KnownProcess.LIMIT);
    long nowMs = context.currentSystemTimeMs();
    lives.forEach((key, life) -> lives.await(key, nowMs, patience(life).plus(Deadlines.CATCH_UP)));
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellSilence);
  }

  @Override
  public void process(Record<byte[], Heard> record) {
    if (record.value() instanceof Heard.OfSample heard) {
      keep(take(heard.sample()));
    } else if (record.value() instanceof Heard.OfEvent heard
        && heard.event().what() instanceof Stopped) {
      keep(take(heard.event()));
    }
  }

  private LimitStep take(Sample sample) {
    LimitLife life = life(sample.process());
    // It speaks, even if what it says makes our own code fail.
    await(life);
    LimitStep step = watch.sampled(life, sample);
    counters.count(step.outcome());
    return step;
  }

  private LimitStep take(Event farewell) {
    return watch.stopped(life(farewell.process()), farewell.at());
  }

  private void tellSilence(long nowMs) {
    lives.takeDue(nowMs, this::tellSilence);
  }

  private void tellSilence(String key) {
    Optional.ofNullable(lives.get(key))
        .filter(LimitLife::isOpen)
        .ifPresentOrElse(life -> keep(watch.silence(life)), () -> lives.delete(key));
  }

  private void keep(LimitStep step) {
    lives.put(step.life().process().key(), step.life());
    await(step.life());
    step.alerts()
        .forEach(alert -> context.forward(OutputRecord.of(alert.id(), alert, alert.updatedAt())));
  }

  private void await(LimitLife life) {
    lives.await(life.process().key(), context.currentSystemTimeMs(), patience(life));
  }

  /** How long nothing may be heard until there is something to do. */
  private Duration patience(LimitLife life) {
    if (!life.isEndTold()) {
      return life.patience(watch.policy()).plus(SLACK);
    }
    return life.killed().isPresent() ? watch.policy().tell() : KEEP;
  }

  private LimitLife life(ProcessId process) {
    return Optional.ofNullable(lives.get(process.key())).orElseGet(() -> LimitLife.begin(process));
  }
}
