package dev.hognose.streams;

import dev.hognose.service.ProcessMinute;
import dev.hognose.service.ServiceSummary;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds up what the processes of a service did in its newest minute, and tells the sum when they
 * have had the time to say it, or when the next minute begins. Key out: the service; no summary
 * when it has fallen silent.
 */
final class ServiceSummaryProcessor
    implements Processor<String, ProcessMinute, String, Optional<ServiceSummary>> {

  static final String MINUTES = "service-minutes";

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** An interval of the agents, and some more. */
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private static final Duration KEEP = Duration.ofHours(1);

  private final OutcomeCounters<MinuteOutcome> counters;
  private final Deadlines telling = new Deadlines();
  private final Deadlines forgetting = new Deadlines();
  private ProcessorContext<String, Optional<ServiceSummary>> context;
  private KeyValueStore<String, ServiceSummary> minutes;

  @SuppressWarnings("NullAway.Init")
  ServiceSummaryProcessor(OutcomeCounters<MinuteOutcome> counters) {
    this.counters = counters;
  }

  @Override
  public void init(ProcessorContext<String, Optional<ServiceSummary>> context) {
    this.context = context;
    minutes = context.getStateStore(MINUTES);
    long nowMs = context.currentSystemTimeMs();
    try (KeyValueIterator<String, ServiceSummary> known = minutes.all()) {
      known.forEachRemaining(
          each -> {
            telling.set(each.key, nowMs, PATIENCE);
            forgetting.set(each.key, nowMs, KEEP);
          });
    }
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::look);
  }

  @Override
  public void process(Record<String, ProcessMinute> record) {
    ProcessMinute minute = record.value();
    Optional<ServiceSummary> known = Optional.ofNullable(minutes.get(record.key()));
    if (known.filter(newest -> minute.minute().isBefore(newest.minute())).isPresent()) {
      counters.count(MinuteOutcome.LATE);
      return;
    }
    counters.count(MinuteOutcome.ADDED);
    Optional<ServiceSummary> same = known.filter(newest -> minute.minute().equals(newest.minute()));
    if (same.isEmpty() && telling.take(record.key())) {
      known.ifPresent(this::tell);
    }
    minutes.put(
        record.key(), same.map(sum -> sum.and(minute)).orElseGet(() -> ServiceSummary.of(minute)));
    long nowMs = context.currentSystemTimeMs();
    telling.setIfNone(record.key(), nowMs, PATIENCE);
    forgetting.set(record.key(), nowMs, KEEP);
  }

  private void look(long nowMs) {
    telling.takeDue(
        nowMs, service -> Optional.ofNullable(minutes.get(service)).ifPresent(this::tell));
    forgetting.takeDue(
        nowMs, service -> Optional.ofNullable(minutes.get(service)).ifPresent(this::forget));
  }

  private void tell(ServiceSummary summary) {
    context.forward(OutputRecord.of(summary.service(), Optional.of(summary), summary.minute()));
  }

  private void forget(ServiceSummary last) {
    minutes.delete(last.service());
    context.forward(OutputRecord.of(last.service(), Optional.empty(), last.minute()));
  }
}
