package dev.hognose.loop;

import dev.hognose.alert.Largest;
import dev.hognose.sample.Event;
import dev.hognose.sample.LoopBlock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The loop blocks of services: who is told apart, because he costs most, and what is told of the
 * rest as one.
 *
 * <p>All that is known of a culprit is kept, whether he is told apart or not, so that what is told
 * in the end depends on what each has cost and not on who came first. Beyond {@link
 * LoopBlockPolicy#mostKnown} the one that cost least becomes part of a sum without names.
 */
public final class ServiceBlocks {

  private final LoopBlockWatch watch;
  private final Shelf shelf;
  private final Largest<Rank> largest;

  private final RestOfServices rest;

  /**
   * Of the services of a task.
   *
   * @param shelf what is already there has to be told by {@link #known}
   */
  public ServiceBlocks(LoopBlockWatch watch, Shelf shelf) {
    this.watch = watch;
    this.shelf = shelf;
    this.largest = new Largest<>(watch.policy().mostCulprits());
    this.rest = new RestOfServices(watch, shelf, largest);
  }

  /** Takes over what is on the shelf already. */
  public void known(Episodes episodes) {
    if (episodes.fingerprint().kind() == Fingerprint.Kind.ONE) {
      largest.put(episodes.fingerprint().service(), Rank.of(episodes));
    }
  }

  /** Whether it is told under its own name. */
  public boolean isApart(Fingerprint fingerprint) {
    return largest.isApart(fingerprint.service(), fingerprint.key());
  }

  /** Takes one event about a block that is told under the fingerprint. */
  public BlocksChange take(Fingerprint fingerprint, Event event, LoopBlock block) {
    LoopBlockStep grown = watch.next(of(fingerprint), event, block);
    if (!grown.outcome().isCounted()) {
      return BlocksChange.nothing(grown.outcome());
    }
    shelf.put(grown.episodes());
    List<LoopBlockStep> steps = new ArrayList<>(steps(grown));
    steps.forEach(step -> shelf.put(step.episodes()));
    List<Episodes> absorbed = surplus(fingerprint.service());
    absorbed.forEach(this::absorb);
    if (steps.stream().anyMatch(step -> step.outcome() == LoopBlockStep.Outcome.REST)) {
      rest.due(fingerprint.service(), steps).ifPresent(steps::add);
    }
    LoopBlockStep.Outcome outcome =
        isApart(fingerprint) ? grown.outcome() : LoopBlockStep.Outcome.REST;
    return new BlocksChange(outcome, steps, absorbed, List.of());
  }

  /** What is told of the one that has grown, and of those that changed places with it. */
  private List<LoopBlockStep> steps(LoopBlockStep grown) {
    Fingerprint fingerprint = grown.episodes().fingerprint();
    Largest.Moves moves = place(grown.episodes());
    List<LoopBlockStep> steps = new ArrayList<>();
    moves.lowered().flatMap(shelf::get).map(watch::withdraw).ifPresent(steps::add);
    moves
        .raised()
        .filter(key -> !key.equals(fingerprint.key()))
        .flatMap(shelf::get)
        .map(raised -> LoopBlockStep.nothing(raised, LoopBlockStep.Outcome.COUNTED))
        .map(watch::tell)
        .ifPresent(steps::add);
    if (isApart(fingerprint)) {
      steps.add(watch.tell(grown));
    } else if (moves.lowered().filter(fingerprint.key()::equals).isEmpty()) {
      steps.add(LoopBlockStep.nothing(grown.episodes(), LoopBlockStep.Outcome.REST));
    }
    return steps;
  }

  /** Says that it is over, if that is news: nothing was heard of it for the quiet time. */
  public Optional<LoopBlockStep> over(String key) {
    Optional<LoopBlockStep> step = shelf.get(key).flatMap(this::over);
    step.ifPresent(over -> shelf.put(over.episodes()));
    return step;
  }

  private Optional<LoopBlockStep> over(Episodes silent) {
    return switch (silent.fingerprint().kind()) {
      case ONE -> isApart(silent.fingerprint()) ? news(watch.quiet(silent)) : Optional.empty();
      case REST -> restIsOver(silent);
      case BEYOND -> Optional.empty();
    };
  }

  /**
   * Forgets what has been said to be over. What a culprit cost who is not told apart stays part of
   * the rest for as long as that is kept.
   */
  public BlocksChange forget(String key) {
    return shelf
        .get(key)
        .map(this::forget)
        .orElseGet(() -> BlocksChange.nothing(LoopBlockStep.Outcome.STALE));
  }

  private BlocksChange forget(Episodes silent) {
    return switch (silent.fingerprint().kind()) {
      case ONE -> forgetOne(silent);
      case REST -> forgetRest(silent);
      case BEYOND -> BlocksChange.nothing(LoopBlockStep.Outcome.STALE);
    };
  }

  private Episodes of(Fingerprint fingerprint) {
    return shelf.get(fingerprint.key()).orElseGet(() -> Episodes.none(fingerprint));
  }

  private Largest.Moves place(Episodes grown) {
    return grown.fingerprint().kind() == Fingerprint.Kind.ONE
        ? largest.put(grown.fingerprint().service(), Rank.of(grown))
        : new Largest.Moves(Optional.empty(), Optional.empty());
  }

  private List<Episodes> surplus(String service) {
    boolean isTooMany = largest.size(service) > watch.policy().mostKnown();
    return isTooMany ? largest.least(service).flatMap(shelf::get).stream().toList() : List.of();
  }

  private void absorb(Episodes least) {
    Fingerprint beyond = Fingerprint.beyond(least.fingerprint().service());
    shelf.put(watch.absorb(of(beyond), least));
    remove(least.fingerprint());
  }

  private void remove(Fingerprint fingerprint) {
    shelf.remove(fingerprint);
    largest.remove(fingerprint.service(), fingerprint.key());
  }

  private Optional<LoopBlockStep> restIsOver(Episodes silent) {
    boolean isAddedUp = rest.blocks(silent.fingerprint().service()) == silent.blocks();
    return isAddedUp && !watch.isFiring(silent)
        ? Optional.empty()
        : news(rest.sum(silent, Instant.MAX));
  }

  private static Optional<LoopBlockStep> news(LoopBlockStep step) {
    return Optional.of(step).filter(LoopBlockStep::isNews);
  }

  private BlocksChange forgetOne(Episodes silent) {
    Fingerprint fingerprint = silent.fingerprint();
    boolean isRestKept = shelf.get(Fingerprint.rest(fingerprint.service()).key()).isPresent();
    if (isApart(fingerprint) || !isRestKept) {
      remove(fingerprint);
      return BlocksChange.forgotten(List.of(silent));
    }
    absorb(silent);
    return BlocksChange.absorbed(List.of(silent));
  }

  private BlocksChange forgetRest(Episodes silent) {
    Fingerprint beyond = Fingerprint.beyond(silent.fingerprint().service());
    List<Episodes> forgotten = shelf.get(beyond.key()).stream().toList();
    shelf.remove(beyond);
    shelf.remove(silent.fingerprint());
    return BlocksChange.forgotten(forgotten);
  }
}
