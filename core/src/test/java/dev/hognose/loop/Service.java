package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Keeps what a stream would keep of one service, and what it would have told. */
final class Service {

  private final LoopBlockWatch watch;
  private final Map<Fingerprint, Episodes> episodes = new LinkedHashMap<>();
  private final Map<String, Alert> told = new LinkedHashMap<>();
  private final List<Alert> history = new ArrayList<>();
  private final Ranking ranking = new Ranking();
  private Culprits culprits = Culprits.none("orders");

  Service(LoopBlockPolicy policy) {
    this.watch = new LoopBlockWatch(policy);
  }

  LoopBlockStep take(Event event) {
    LoopBlock block = (LoopBlock) event.what();
    Fingerprint fingerprint = place(culprits.of(event, block), event, block);
    LoopBlockStep step =
        watch.next(episodes.getOrDefault(fingerprint, Episodes.none(fingerprint)), event, block);
    if (step.outcome().isCounted()) {
      culprits = culprits.told(event, block, fingerprint);
      keep(step);
    }
    return tell(step);
  }

  private Fingerprint place(Fingerprint fingerprint, Event event, LoopBlock block) {
    if (!watch.counts(event, block) || ranking.hasRoom(fingerprint, watch.policy())) {
      return fingerprint;
    }
    Fingerprint rest = Fingerprint.rest("orders");
    Optional<String> least = ranking.outranked(fingerprint, block);
    if (least.isEmpty()) {
      return rest;
    }
    Fingerprint outranked =
        episodes.keySet().stream()
            .filter(each -> each.key().equals(least.get()))
            .findFirst()
            .orElseThrow();
    LoopBlockStep step =
        watch.absorb(
            episodes.getOrDefault(rest, Episodes.none(rest)),
            Objects.requireNonNull(episodes.remove(outranked)));
    ranking.remove(outranked);
    culprits = culprits.moved(outranked, rest);
    keep(step);
    tell(step);
    return fingerprint;
  }

  private void keep(LoopBlockStep step) {
    episodes.put(step.episodes().fingerprint(), step.episodes());
    ranking.put(step.episodes());
  }

  void quiet() {
    episodes.replaceAll((fingerprint, all) -> tell(watch.quiet(all)).episodes());
  }

  private LoopBlockStep tell(LoopBlockStep step) {
    step.withdrawn().forEach(told::remove);
    step.alerts().forEach(alert -> told.put(alert.id(), alert));
    history.addAll(step.alerts());
    return step;
  }

  /** The last word on each alert, by id. */
  Map<String, Alert> told() {
    return told;
  }

  List<Alert> history() {
    return history;
  }
}
