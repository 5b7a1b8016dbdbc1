package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.CaseStep;
import dev.hognose.diagnosis.CaseWatch;
import dev.hognose.diagnosis.Cases;
import dev.hognose.diagnosis.ServiceCases;
import dev.hognose.diagnosis.Sighting;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the cases of each service and asks {@link ServiceCases} what to tell. Key out: the alert's
 * id; no alert withdraws it.
 */
final class CaseProcessor implements Processor<String, Sighting, String, Optional<Alert>> {

  static final String CASES = "diagnosis-cases";

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** How much longer than the policy says nothing may be heard before it is said. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** How long a sighting may come late and still find its case. */
  private static final Duration KEEP = Duration.ofHours(1);

  private final CaseWatch watch;
  private final Deadlines deadlines = new Deadlines();
  private ProcessorContext<String, Optional<Alert>> context;
  private ServiceCases cases;

  @SuppressWarnings("NullAway.Init")
  CaseProcessor(CaseWatch watch) {
    this.watch = watch;
  }

  @Override
  public void init(ProcessorContext<String, Optional<Alert>> context) {
    this.context = context;
    KeyValueStore<String, Cases> store = context.getStateStore(CASES);
    cases = new ServiceCases(watch, new StoredCases(store));
    long nowMs = context.currentSystemTimeMs();
    try (KeyValueIterator<String, Cases> all = store.all()) {
      all.forEachRemaining(
          each -> {
            cases.known(each.value);
            deadlines.set(each.key, nowMs, left(each.value, nowMs));
          });
    }
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellSilence);
  }

  private Duration left(Cases known, long nowMs) {
    if (!watch.isFiring(known)) {
      return KEEP;
    }
    return Deadlines.left(watch.quietAt(known), nowMs, watch.patience(known).plus(SLACK));
  }

  @Override
  public void process(Record<String, Sighting> record) {
    for (CaseStep step : cases.take(record.value())) {
      Ailment ailment = step.cases().ailment();
      if (ailment.scope() == Ailment.Scope.ONE && !cases.isApart(ailment)) {
        await(step, patience(step).plus(KEEP));
        await(ailment.rest(), patience(step));
      } else {
        await(step, patience(step));
      }
      forward(step);
    }
  }

  private Duration patience(CaseStep step) {
    return watch.patience(step.cases()).plus(SLACK);
  }

  private void tellSilence(long nowMs) {
    deadlines.takeDue(nowMs, this::tellSilence);
  }

  private void tellSilence(String key) {
    cases
        .over(key)
        .ifPresentOrElse(
            step -> {
              await(step, KEEP);
              forward(step);
            },
            () -> cases.forget(key));
  }

  private void await(CaseStep step, Duration wait) {
    await(step.cases().ailment(), wait);
  }

  private void await(Ailment ailment, Duration wait) {
    deadlines.set(ailment.key(), context.currentSystemTimeMs(), wait);
  }

  private void forward(CaseStep step) {
    step.withdrawn().forEach(id -> context.forward(OutputRecord.withdrawn(id, step.at())));
    step.alerts().forEach(alert -> context.forward(OutputRecord.told(alert)));
  }
}
