package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.loop.BlocksChange;
import dev.hognose.loop.Culprits;
import dev.hognose.loop.Episodes;
import dev.hognose.loop.Fingerprint;
import dev.hognose.loop.LoopBlockStep;
import dev.hognose.loop.LoopBlockWatch;
import dev.hognose.loop.ServiceBlocks;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import io.micrometer.core.instrument.Counter;
import java.time.Duration;
import java.util.Optional;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Keeps the episodes of each service and asks {@link ServiceBlocks} what to tell. Key out: the
 * alert's id; no alert withdraws it.
 */
final class LoopBlockProcessor implements Processor<String, Event, String, Optional<Alert>> {

  static final String EPISODES = "loop-block-episodes";
  static final String CULPRITS = "loop-block-culprits";

  private static final Duration BEAT = Duration.ofSeconds(1);

  /** How much longer than the policy says nothing may be heard before it is said. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  /** How long a block may come late and still find its episode. */
  private static final Duration KEEP = Duration.ofHours(1);

  private final LoopBlockWatch watch;
  private final OutcomeCounters<LoopBlockStep.Outcome> counters;
  private final Counter unended;
  private final Deadlines deadlines = new Deadlines();
  private ProcessorContext<String, Optional<Alert>> context;
  private KeyValueStore<String, Culprits> culprits;
  private ServiceBlocks blocks;

  @SuppressWarnings("NullAway.Init")
  LoopBlockProcessor(
      LoopBlockWatch watch, OutcomeCounters<LoopBlockStep.Outcome> counters, Counter unended) {
    this.watch = watch;
    this.counters = counters;
    this.unended = unended;
  }

  @Override
  public void init(ProcessorContext<String, Optional<Alert>> context) {
    this.context = context;
    KeyValueStore<String, Episodes> episodes = context.getStateStore(EPISODES);
    culprits = context.getStateStore(CULPRITS);
    blocks = new ServiceBlocks(watch, new StoredEpisodes(episodes));
    long nowMs = context.currentSystemTimeMs();
    try (KeyValueIterator<String, Episodes> known = episodes.all()) {
      known.forEachRemaining(
          each -> {
            blocks.known(each.value);
            deadlines.set(each.key, nowMs, left(each.value, nowMs));
          });
    }
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellSilence);
  }

  private Duration left(Episodes known, long nowMs) {
    if (!watch.isFiring(known)) {
      return KEEP;
    }
    return Deadlines.left(watch.quietAt(known), nowMs, patience());
  }

  private Duration patience() {
    return watch.policy().quiet().plus(SLACK);
  }

  @Override
  public void process(Record<String, Event> record) {
    Event event = record.value();
    if (event.what() instanceof LoopBlock block) {
      take(record.key(), event, block);
    }
  }

  private void take(String service, Event event, LoopBlock block) {
    Fingerprint fingerprint = known(service).of(event, block);
    BlocksChange change = blocks.take(fingerprint, event, block);
    counters.count(change.outcome());
    if (change.outcome().isCounted()) {
      keep(known(service).told(event, block, fingerprint));
      change.steps().forEach(this::tell);
      settle(change);
    }
  }

  private void tell(LoopBlockStep step) {
    Fingerprint fingerprint = step.episodes().fingerprint();
    if (step.outcome() == LoopBlockStep.Outcome.REST) {
      await(Fingerprint.rest(fingerprint.service()), patience());
    }
    boolean isKeptOnly = fingerprint.kind() == Fingerprint.Kind.ONE && !blocks.isApart(fingerprint);
    await(fingerprint, isKeptOnly ? patience().plus(KEEP) : patience());
    forward(step);
  }

  private void tellSilence(long nowMs) {
    deadlines.takeDue(nowMs, this::tellSilence);
  }

  private void tellSilence(String key) {
    blocks
        .over(key)
        .ifPresentOrElse(
            step -> {
              await(step.episodes().fingerprint(), KEEP);
              forward(step);
            },
            () -> settle(blocks.forget(key)));
  }

  private void await(Fingerprint fingerprint, Duration wait) {
    deadlines.set(fingerprint.key(), context.currentSystemTimeMs(), wait);
  }

  private void settle(BlocksChange change) {
    for (Episodes each : change.absorbed()) {
      Fingerprint absorbed = each.fingerprint();
      keep(known(absorbed.service()).moved(absorbed, Fingerprint.beyond(absorbed.service())));
    }
    for (Episodes each : change.forgotten()) {
      unended.increment((double) watch.unended(each));
      keep(known(each.fingerprint().service()).without(each.fingerprint()));
    }
  }

  private Culprits known(String service) {
    Culprits known = culprits.get(service);
    return known == null ? Culprits.none(service) : known;
  }

  private void keep(Culprits changed) {
    if (changed.equals(Culprits.none(changed.service()))) {
      culprits.delete(changed.service());
    } else if (!changed.equals(known(changed.service()))) {
      culprits.put(changed.service(), changed);
    }
  }

  private void forward(LoopBlockStep step) {
    step.withdrawn().forEach(id -> context.forward(OutputRecord.withdrawn(id, step.at())));
    step.alerts().forEach(alert -> context.forward(OutputRecord.told(alert)));
  }
}
