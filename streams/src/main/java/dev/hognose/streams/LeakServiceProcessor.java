package dev.hognose.streams;

import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceStep;
import dev.hognose.leak.ServiceWord;
import java.time.Duration;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps what each service's lives have shown and asks {@link ServiceDetector} what that says of
 * them. Key out: the process.
 */
final class LeakServiceProcessor
    implements Processor<String, LifeObservation, String, ServiceWord> {

  /** As long as a life is remembered that has ended. */
  private static final Duration FORGET = Duration.ofDays(7);

  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final ServiceDetector detector;
  private final OutcomeCounters<LifeOutcome> counters;
  private final Deadlines forgetting = new Deadlines();
  private ProcessorContext<String, ServiceWord> context;
  private ServiceHistories histories;
  private HeldObservations held;

  @SuppressWarnings("NullAway.Init")
  LeakServiceProcessor(ServiceDetector detector, OutcomeCounters<LifeOutcome> counters) {
    this.detector = detector;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, ServiceWord> context) {
    this.context = context;
    histories = new ServiceHistories(detector, context);
    long nowMs = context.currentSystemTimeMs();
    histories.services().forEach(service -> forgetting.set(service, nowMs, FORGET));
    held = new HeldObservations(context, detector.hold());
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::judgeDue);
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::forget);
  }

  @Override
  public void process(Record<String, LifeObservation> record) {
    held.put(record.key(), record.value(), context.currentSystemTimeMs());
  }

  private void judgeDue(long nowMs) {
    held.takeDue(nowMs).forEach(due -> judge(due.key, due.value));
  }

  private void judge(String service, LifeObservation observation) {
    ServiceStep step = detector.next(histories.get(service), observation);
    counters.count(LifeOutcome.of(step));
    if (step.ignored().isEmpty()) {
      histories.put(service, step.history(), observation);
      forgetting.set(service, context.currentSystemTimeMs(), FORGET);
    }
    for (ServiceWord word : step.words()) {
      context.forward(OutputRecord.of(word.processKey(service), word, word.at()));
    }
  }

  private void forget(long nowMs) {
    forgetting.takeDue(nowMs).forEach(histories::delete);
  }
}
