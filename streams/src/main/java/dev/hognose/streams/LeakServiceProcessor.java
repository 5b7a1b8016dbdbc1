package dev.hognose.streams;

import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceHistory;
import dev.hognose.leak.ServiceStep;
import dev.hognose.leak.ServiceWord;
import dev.hognose.streams.TaskReport.Showed;
import java.time.Duration;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Holds what lives have shown until a stretch is over in every task that reads samples, and asks
 * {@link ServiceDetector} what that says of them. Key out: the process.
 */
final class LeakServiceProcessor implements Processor<String, TaskReport, String, ServiceWord> {

  static final String HISTORIES = "leak-services";

  /** As long as a life is remembered that has ended. */
  private static final Duration FORGET = Duration.ofDays(7);

  /** A task that moves to another instance takes less. */
  private static final Duration LEAST_PATIENCE = Duration.ofMinutes(1);

  private static final Duration BEAT = Duration.ofSeconds(1);
  private static final Duration SWEEP = Duration.ofMinutes(1);

  private final ServiceDetector detector;
  private final IntSupplier tasks;
  private final OutcomeCounters<LifeOutcome> counters;
  private ProcessorContext<String, ServiceWord> context;

  /** A history may have hundreds of kilobytes, and changes once in a stretch. */
  private Part<ServiceHistory, ServiceHistory> histories;

  private HeldObservations held;
  private TaskClocks clocks;

  @SuppressWarnings("NullAway.Init")
  LeakServiceProcessor(
      ServiceDetector detector, IntSupplier tasks, OutcomeCounters<LifeOutcome> counters) {
    this.detector = detector;
    this.tasks = tasks;
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, ServiceWord> context) {
    this.context = context;
    histories = Part.of(context, Part.whole(HISTORIES));
    held = new HeldObservations(context);
    clocks = new TaskClocks(context, tasks, patience());
    long nowMs = context.currentSystemTimeMs();
    histories.forEach((service, history) -> histories.await(service, nowMs, FORGET));
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::judge);
    context.schedule(SWEEP, PunctuationType.WALL_CLOCK_TIME, this::forget);
  }

  private Duration patience() {
    Duration stretch = detector.policy().stretch();
    return stretch.compareTo(LEAST_PATIENCE) > 0 ? stretch : LEAST_PATIENCE;
  }

  @Override
  public void process(Record<String, TaskReport> record) {
    long nowMs = context.currentSystemTimeMs();
    TaskReport report = record.value();
    if (report instanceof TaskReport.Idle) {
      clocks.idle(report.task(), nowMs);
    } else {
      clocks.heard(report.task(), nowMs);
    }
    if (report instanceof Showed showed) {
      hold(record.key(), showed);
    }
    if (report instanceof TaskReport.Reached reached) {
      clocks.reached(reached.task(), reached.reachedMs());
      judge(nowMs);
    }
  }

  private void hold(String service, Showed showed) {
    LifeObservation observation = showed.shown();
    long stretch = detector.stretch(observation, clocks.reachedMs(showed.task()));
    long notJudged = history(service).stretch() + 1;
    if (held.put(service, Math.max(stretch, notJudged), observation)) {
      counters.count(LifeOutcome.REPLACED);
    }
  }

  private void judge(long nowMs) {
    clocks
        .allReachedMs(nowMs)
        .ifPresent(reachedMs -> held.takeBefore(detector.open(reachedMs), this::judge));
  }

  private void judge(HeldObservations.Stretch over) {
    String service = over.service();
    ServiceStep step = detector.judge(history(service), over.number(), over.observations());
    step.fates().forEach(fate -> counters.count(LifeOutcome.of(fate)));
    histories.put(service, step.history());
    histories.await(service, context.currentSystemTimeMs(), FORGET);
    for (ServiceWord word : step.words()) {
      context.forward(OutputRecord.of(word.processKey(service), word, word.at()));
    }
  }

  private void forget(long nowMs) {
    histories.takeDue(nowMs, histories::delete);
  }

  private ServiceHistory history(String service) {
    return Optional.ofNullable(histories.get(service)).orElseGet(ServiceHistory::initial);
  }
}
