package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Keeps what a stream would keep of one service, and what it would have told. */
final class Service {

  private final LoopBlockWatch watch;
  private final Map<Fingerprint, Episodes> episodes = new LinkedHashMap<>();
  private final Map<String, Alert> told = new LinkedHashMap<>();
  private final List<Alert> history = new ArrayList<>();
  private Culprits culprits = Culprits.none("orders");

  Service(LoopBlockPolicy policy) {
    this.watch = new LoopBlockWatch(policy);
  }

  LoopBlockStep take(Event event) {
    LoopBlock block = (LoopBlock) event.what();
    Fingerprint fingerprint = culprits.of(event, block, episodes::containsKey, watch.policy());
    LoopBlockStep step =
        watch.next(episodes.getOrDefault(fingerprint, Episodes.none(fingerprint)), event, block);
    if (step.outcome() == LoopBlockStep.Outcome.COUNTED) {
      culprits = culprits.told(event, block, fingerprint);
      if (episodes.put(fingerprint, step.episodes()) == null) {
        culprits = culprits.withOneMore();
      }
    }
    return tell(step);
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
