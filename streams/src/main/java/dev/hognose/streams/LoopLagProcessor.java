package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.loop.LagCause;
import dev.hognose.loop.LagEpisodes;
import dev.hognose.loop.LoopLagStep;
import dev.hognose.loop.LoopLagWatch;
import dev.hognose.service.ProcessMinute;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Keeps the episodes of lag of each service and asks {@link LoopLagWatch} what to tell. Key out:
 * the alert's id; no alert withdraws it.
 */
final class LoopLagProcessor implements Processor<String, ProcessMinute, String, Optional<Alert>> {

  static final String EPISODES = "loop-lag-episodes";

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** A minute is told when it is over, and an interval later. */
  private static final Duration SLACK = Duration.ofSeconds(75);

  /** How long a minute may come late and still find its episode. */
  private static final Duration KEEP = Duration.ofHours(1);

  private final LoopLagWatch watch;
  private ProcessorContext<String, Optional<Alert>> context;
  private Part<LagEpisodes, LagEpisodes> episodes;

  @SuppressWarnings("NullAway.Init")
  LoopLagProcessor(LoopLagWatch watch) {
    this.watch = watch;
  }

  @Override
  public void init(ProcessorContext<String, Optional<Alert>> context) {
    this.context = context;
    episodes = Part.of(context, Part.whole(EPISODES));
    long nowMs = context.currentSystemTimeMs();
    episodes.forEach((key, known) -> episodes.await(key, nowMs, left(known, nowMs)));
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellSilence);
  }

  private Duration left(LagEpisodes known, long nowMs) {
    return Deadlines.left(watch.quietAt(known), nowMs, patience());
  }

  private Duration patience() {
    return watch.policy().quiet().plus(SLACK);
  }

  @Override
  public void process(Record<String, ProcessMinute> record) {
    watch.cause(record.value()).ifPresent(cause -> take(record.key(), cause, record.value()));
  }

  private void take(String service, LagCause cause, ProcessMinute minute) {
    LagEpisodes known =
        Optional.ofNullable(episodes.get(LagEpisodes.key(service, cause)))
            .orElseGet(() -> LagEpisodes.none(service, cause));
    keep(watch.next(known, minute), patience());
  }

  private void tellSilence(long nowMs) {
    episodes.takeDue(nowMs, this::tellSilence);
  }

  private void tellSilence(String key) {
    Optional.ofNullable(episodes.get(key))
        .map(watch::quiet)
        .filter(step -> !step.alerts().isEmpty())
        .ifPresentOrElse(step -> keep(step, KEEP), () -> episodes.delete(key));
  }

  private void keep(LoopLagStep step, Duration wait) {
    String key = step.episodes().key();
    episodes.put(key, step.episodes());
    episodes.await(key, context.currentSystemTimeMs(), wait);
    for (Alert alert : step.alerts()) {
      step.withdrawn()
          .forEach(id -> context.forward(OutputRecord.withdrawn(id, alert.updatedAt())));
      context.forward(OutputRecord.told(alert));
    }
  }
}
