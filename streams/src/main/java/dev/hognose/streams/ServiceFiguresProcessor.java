package dev.hognose.streams;

import dev.hognose.sample.Sample;
import dev.hognose.service.ProcessFigures;
import dev.hognose.service.ProcessMinute;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Tells what each process did in each minute, once the minute is over. Key out: the service. */
final class ServiceFiguresProcessor implements Processor<byte[], Heard, String, ProcessMinute> {

  private static final Duration BEAT = Duration.ofMinutes(1);

  private final OutcomeCounters<ProcessFigures.Outcome> counters;
  private ProcessorContext<String, ProcessMinute> context;
  private Part<KnownProcess, ProcessFigures> figures;

  @SuppressWarnings("NullAway.Init")
  ServiceFiguresProcessor(OutcomeCounters<ProcessFigures.Outcome> counters) {
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, ProcessMinute> context) {
    this.context = context;
    figures = Part.of(context, KnownProcess.FIGURES);
    long nowMs = context.currentSystemTimeMs();
    figures.forEach((key, known) -> figures.await(key, nowMs, ProcessFigures.FORGOTTEN));
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::forget);
  }

  @Override
  public void process(Record<byte[], Heard> record) {
    if (record.value() instanceof Heard.OfSample heard) {
      take(heard.sample());
    }
  }

  private void take(Sample sample) {
    String key = sample.process().key();
    ProcessFigures.Step step =
        Optional.ofNullable(figures.get(key))
            .map(known -> known.next(sample))
            .orElseGet(() -> ProcessFigures.first(sample));
    counters.count(step.outcome());
    if (step.outcome() != ProcessFigures.Outcome.STALE) {
      figures.put(key, step.figures());
      figures.await(key, context.currentSystemTimeMs(), ProcessFigures.FORGOTTEN);
      step.closed().ifPresent(this::tell);
    }
  }

  private void forget(long nowMs) {
    figures.takeDue(nowMs, figures::delete);
  }

  private void tell(ProcessMinute minute) {
    context.forward(OutputRecord.of(minute.process().service(), minute, minute.until()));
  }
}
