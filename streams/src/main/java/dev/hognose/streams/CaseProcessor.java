package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.diagnosis.Ailment;
import dev.hognose.diagnosis.CaseStep;
import dev.hognose.diagnosis.CaseWatch;
import dev.hognose.diagnosis.Caseload;
import dev.hognose.diagnosis.Cases;
import dev.hognose.diagnosis.Sighting;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the cases of each service and asks {@link CaseWatch} what to tell. Key out: the alert's id;
 * no alert withdraws it.
 */
final class CaseProcessor implements Processor<String, Sighting, String, Optional<Alert>> {

  static final String CASES = "diagnosis-cases";
  static final String CASELOADS = "diagnosis-caseloads";

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** How much longer than the policy says nothing may be heard before it is said. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** How long a sighting may come late and still find its case. */
  private static final Duration KEEP = Duration.ofHours(1);

  /** After a restart what came meanwhile is read first. */
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  private final CaseWatch watch;
  private final Deadlines deadlines = new Deadlines();
  private ProcessorContext<String, Optional<Alert>> context;
  private KeyValueStore<String, Cases> cases;
  private KeyValueStore<String, Caseload> caseloads;

  @SuppressWarnings("NullAway.Init")
  CaseProcessor(CaseWatch watch) {
    this.watch = watch;
  }

  @Override
  public void init(ProcessorContext<String, Optional<Alert>> context) {
    this.context = context;
    cases = context.getStateStore(CASES);
    caseloads = context.getStateStore(CASELOADS);
    long nowMs = context.currentSystemTimeMs();
    try (KeyValueIterator<String, Cases> all = cases.all()) {
      all.forEachRemaining(each -> deadlines.set(each.key, nowMs, remaining(each.value, nowMs)));
    }
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellSilence);
  }

  private Duration remaining(Cases known, long nowMs) {
    if (!watch.isFiring(known)) {
      return KEEP;
    }
    Duration remaining = Duration.between(Instant.ofEpochMilli(nowMs), watch.quietAt(known));
    Duration longest = watch.patience(known).plus(SLACK);
    Duration within = remaining.compareTo(longest) < 0 ? remaining : longest;
    return within.compareTo(CATCH_UP) > 0 ? within : CATCH_UP;
  }

  @Override
  public void process(Record<String, Sighting> record) {
    Sighting sighting = record.value();
    Caseload caseload =
        Optional.ofNullable(caseloads.get(record.key()))
            .orElseGet(() -> Caseload.none(record.key()));
    Ailment ailment = watch.place(caseload, sighting, each -> cases.get(each.key()) != null);
    Optional<Cases> before = Optional.ofNullable(cases.get(ailment.key()));
    if (before.isEmpty()) {
      caseloads.put(record.key(), caseload.withOneMore());
    }
    CaseStep step = watch.next(before.orElseGet(() -> Cases.none(ailment)), sighting);
    keep(step, watch.patience(step.cases()).plus(SLACK));
  }

  private void tellSilence(long nowMs) {
    for (String key : deadlines.takeDue(nowMs)) {
      Optional.ofNullable(cases.get(key)).ifPresent(this::tellSilence);
    }
  }

  private void tellSilence(Cases silent) {
    CaseStep step = watch.quiet(silent);
    if (step.alerts().isEmpty()) {
      cases.delete(silent.ailment().key());
      lighten(silent.ailment().service());
    } else {
      keep(step, KEEP);
    }
  }

  private void lighten(String service) {
    Caseload lighter =
        Optional.ofNullable(caseloads.get(service))
            .orElseGet(() -> Caseload.none(service))
            .withOneLess();
    if (lighter.open() == 0) {
      caseloads.delete(service);
    } else {
      caseloads.put(service, lighter);
    }
  }

  private void keep(CaseStep step, Duration wait) {
    String key = step.cases().ailment().key();
    cases.put(key, step.cases());
    deadlines.set(key, context.currentSystemTimeMs(), wait);
    step.withdrawn()
        .forEach(id -> context.forward(OutputRecord.of(id, Optional.empty(), step.at())));
    step.alerts()
        .forEach(
            alert ->
                context.forward(
                    OutputRecord.of(alert.id(), Optional.of(alert), alert.updatedAt())));
  }
}
