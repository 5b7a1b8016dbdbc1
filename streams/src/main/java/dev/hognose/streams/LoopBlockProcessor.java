package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.loop.Culprits;
import dev.hognose.loop.Episodes;
import dev.hognose.loop.Fingerprint;
import dev.hognose.loop.LoopBlockStep;
import dev.hognose.loop.LoopBlockWatch;
import dev.hognose.loop.Ranking;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import io.micrometer.core.instrument.Counter;
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
 * Keeps the episodes of each service and asks {@link LoopBlockWatch} what to tell. Key out: the
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

  /** After a restart what came meanwhile is read first. */
  private static final Duration CATCH_UP = Duration.ofSeconds(30);

  private final LoopBlockWatch watch;
  private final OutcomeCounters<LoopBlockStep.Outcome> counters;
  private final Counter unended;
  private final Ranking ranking = new Ranking();
  private final Deadlines deadlines = new Deadlines();
  private ProcessorContext<String, Optional<Alert>> context;
  private KeyValueStore<String, Episodes> episodes;
  private KeyValueStore<String, Culprits> culprits;

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
    episodes = context.getStateStore(EPISODES);
    culprits = context.getStateStore(CULPRITS);
    long nowMs = context.currentSystemTimeMs();
    try (KeyValueIterator<String, Episodes> known = episodes.all()) {
      known.forEachRemaining(
          each -> {
            ranking.put(each.value);
            deadlines.set(each.key, nowMs, remaining(each.value, nowMs));
          });
    }
    context.schedule(BEAT, PunctuationType.WALL_CLOCK_TIME, this::tellSilence);
  }

  private Duration remaining(Episodes known, long nowMs) {
    if (!watch.isFiring(known)) {
      return KEEP;
    }
    Duration remaining = Duration.between(Instant.ofEpochMilli(nowMs), watch.quietAt(known));
    Duration longest = remaining.compareTo(patience()) < 0 ? remaining : patience();
    return longest.compareTo(CATCH_UP) > 0 ? longest : CATCH_UP;
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
    Fingerprint fingerprint = place(known(service).of(event, block), event, block);
    Episodes before =
        Optional.ofNullable(episodes.get(fingerprint.key()))
            .orElseGet(() -> Episodes.none(fingerprint));
    LoopBlockStep step = watch.next(before, event, block);
    counters.count(step.outcome());
    if (step.outcome().isCounted()) {
      keep(known(service).told(event, block, fingerprint));
      keep(step, patience());
    }
  }

  /** The fingerprint itself, or that of the rest when it has cost less than all that are known. */
  private Fingerprint place(Fingerprint fingerprint, Event event, LoopBlock block) {
    if (!watch.counts(event, block) || ranking.hasRoom(fingerprint, watch.policy())) {
      return fingerprint;
    }
    Fingerprint rest = Fingerprint.rest(fingerprint.service());
    return ranking
        .outranked(fingerprint, block)
        .map(
            least -> {
              makeRoom(episodes.get(least), rest);
              return fingerprint;
            })
        .orElse(rest);
  }

  private void makeRoom(Episodes outranked, Fingerprint rest) {
    Episodes known =
        Optional.ofNullable(episodes.get(rest.key())).orElseGet(() -> Episodes.none(rest));
    forget(outranked);
    keep(known(rest.service()).moved(outranked.fingerprint(), rest));
    keep(watch.absorb(known, outranked), patience());
  }

  private void tellSilence(long nowMs) {
    for (String key : deadlines.takeDue(nowMs)) {
      Optional.ofNullable(episodes.get(key)).ifPresent(this::tellSilence);
    }
  }

  private void tellSilence(Episodes silent) {
    LoopBlockStep step = watch.quiet(silent);
    if (step.alerts().isEmpty()) {
      unended.increment((double) watch.unended(silent));
      forget(silent);
      keep(known(silent.fingerprint().service()).without(silent.fingerprint()));
    } else {
      keep(step, KEEP);
    }
  }

  private void forget(Episodes known) {
    episodes.delete(known.fingerprint().key());
    ranking.remove(known.fingerprint());
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

  private void keep(LoopBlockStep step, Duration wait) {
    String key = step.episodes().fingerprint().key();
    episodes.put(key, step.episodes());
    ranking.put(step.episodes());
    deadlines.set(key, context.currentSystemTimeMs(), wait);
    for (Alert alert : step.alerts()) {
      step.withdrawn()
          .forEach(id -> context.forward(OutputRecord.of(id, Optional.empty(), alert.updatedAt())));
      context.forward(OutputRecord.of(alert.id(), Optional.of(alert), alert.updatedAt()));
    }
  }
}
