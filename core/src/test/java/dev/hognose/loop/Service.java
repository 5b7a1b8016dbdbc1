package dev.hognose.loop;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps what a stream would keep of one service, and what it would have told. */
final class Service {

  private final Map<String, Episodes> kept = new LinkedHashMap<>();
  private final Map<String, Alert> told = new LinkedHashMap<>();
  private final List<Alert> history = new ArrayList<>();
  private final ServiceBlocks blocks;
  private Culprits culprits = Culprits.none("orders");

  Service(LoopBlockPolicy policy) {
    blocks = new ServiceBlocks(new LoopBlockWatch(policy), new Kept());
  }

  LoopBlockStep.Outcome take(Event event) {
    LoopBlock block = (LoopBlock) event.what();
    Fingerprint fingerprint = culprits.of(event, block);
    BlocksChange change = blocks.take(fingerprint, event, block);
    if (change.outcome().isCounted()) {
      culprits = culprits.told(event, block, fingerprint);
    }
    change
        .absorbed()
        .forEach(
            each -> culprits = culprits.moved(each.fingerprint(), Fingerprint.beyond("orders")));
    change.steps().forEach(this::tell);
    return change.outcome();
  }

  /** As when the timer finds that nothing was heard of those that are told apart, and the rest. */
  void quiet() {
    List.copyOf(kept.keySet()).forEach(key -> blocks.over(key).ifPresent(this::tell));
  }

  /** The same of one of them. */
  Optional<LoopBlockStep> over(Fingerprint fingerprint) {
    return blocks.over(fingerprint.key());
  }

  /** As when the timer finds that what was said to be over was over for long. */
  BlocksChange forget(Fingerprint fingerprint) {
    return blocks.forget(fingerprint.key());
  }

  /** Another task that takes over what this one has kept. */
  Service takenOver(LoopBlockPolicy policy) {
    Service next = new Service(policy);
    next.kept.putAll(kept);
    next.told.putAll(told);
    next.culprits = culprits;
    kept.values().forEach(next.blocks::known);
    return next;
  }

  private void tell(LoopBlockStep step) {
    step.withdrawn().forEach(told::remove);
    step.alerts().forEach(alert -> told.put(alert.id(), alert));
    history.addAll(step.alerts());
  }

  /** The last word on each alert, by id. */
  Map<String, Alert> told() {
    return told;
  }

  /** How many fingerprints something is kept of. */
  int kept() {
    return kept.size();
  }

  List<Alert> history() {
    return history;
  }

  /** The alert that was told last. */
  Alert last() {
    return history().get(history().size() - 1);
  }

  double evidence(String name) {
    return last().evidence().stream()
        .filter(each -> each.name().equals(name))
        .mapToDouble(Evidence::value)
        .findFirst()
        .orElseThrow();
  }

  private final class Kept implements Shelf {

    @Override
    public Optional<Episodes> get(String key) {
      return Optional.ofNullable(kept.get(key));
    }

    @Override
    public void put(Episodes episodes) {
      kept.put(episodes.fingerprint().key(), episodes);
    }

    @Override
    public void remove(Fingerprint fingerprint) {
      kept.remove(fingerprint.key());
    }
  }
}
