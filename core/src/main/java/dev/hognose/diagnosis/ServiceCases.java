package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Largest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The cases of services: which ailments are told apart, because they weigh most, and what is told
 * of the rest of a kind as one.
 *
 * <p>All that is known of an ailment is kept, whether it is told apart or not, so that what is told
 * in the end depends on what was seen and not on what was seen first. Beyond {@link
 * DiagnosisPolicy#mostKnown} the one that weighs least becomes part of a case without a culprit.
 */
public final class ServiceCases {

  private static final Optional<CaseStep> NOTHING = Optional.empty();

  private final CaseWatch watch;
  private final Shelf shelf;
  private final Largest<Burden> largest;

  /** Sightings since a rest was last put together. Only how soon it is told depends on it. */
  private final Map<String, Integer> sinceTold = new HashMap<>();

  /**
   * Of the services of a task.
   *
   * @param shelf what is already there has to be told by {@link #known}
   */
  public ServiceCases(CaseWatch watch, Shelf shelf) {
    this.watch = watch;
    this.shelf = shelf;
    this.largest = new Largest<>(watch.policy().mostCulprits());
  }

  /** Takes over what is on the shelf already. */
  public void known(Cases cases) {
    if (cases.ailment().scope() == Ailment.Scope.ONE) {
      largest.put(cases.ailment().service(), Burden.of(cases));
    }
  }

  /** Whether it is told under its own name. */
  public boolean isApart(Ailment ailment) {
    return largest.isApart(ailment.service(), ailment.key());
  }

  /** Takes what a process showed, or did not show after all; answers what to tell, in order. */
  public List<CaseStep> take(Sighting sighting) {
    Cases before = of(sighting.ailment());
    Cases changed = watch.next(before, sighting);
    shelf.put(changed);
    List<CaseStep> steps = new ArrayList<>(steps(before, changed, sighting.until()));
    steps.forEach(step -> shelf.put(step.cases()));
    absorbSurplus(changed.ailment().service());
    steps.addAll(rest(steps, sighting.until()));
    return steps;
  }

  /** What is told of the one that has changed, and of those that changed places with it. */
  private List<CaseStep> steps(Cases before, Cases changed, Instant at) {
    Ailment own = changed.ailment();
    Largest.Moves moves = largest.put(own.service(), Burden.of(changed));
    List<CaseStep> steps = new ArrayList<>();
    moves.lowered().flatMap(shelf::get).map(watch::withdraw).ifPresent(steps::add);
    moves
        .raised()
        .filter(key -> !key.equals(own.key()))
        .flatMap(shelf::get)
        .map(raised -> watch.tell(raised, raised, at))
        .ifPresent(steps::add);
    if (isApart(own)) {
      steps.add(watch.tell(before, changed, at));
    } else if (moves.lowered().filter(own.key()::equals).isEmpty()) {
      steps.add(CaseStep.nothing(changed, at));
    }
    return steps;
  }

  /** Says that it is over, if that is news: nothing was seen of it for its quiet time. */
  public Optional<CaseStep> over(String key) {
    Optional<CaseStep> step =
        shelf
            .get(key)
            .flatMap(
                silent ->
                    switch (silent.ailment().scope()) {
                      case ONE ->
                          isApart(silent.ailment()) ? Optional.of(watch.quiet(silent)) : NOTHING;
                      case REST -> Optional.of(rest(silent, Instant.MAX));
                      case BEYOND -> NOTHING;
                    })
            .filter(CaseStep::isNews);
    step.ifPresent(over -> shelf.put(over.cases()));
    return step;
  }

  /**
   * Forgets what has been said to be over. What was seen of an ailment that is not told apart stays
   * part of the rest for as long as that is kept, whether it is known apart or not.
   */
  public void forget(String key) {
    shelf.get(key).ifPresent(this::forget);
  }

  private void forget(Cases silent) {
    Ailment ailment = silent.ailment();
    switch (ailment.scope()) {
      case ONE -> forgetOne(silent);
      case REST -> {
        remove(ailment);
        remove(ailment.beyond());
      }
      case BEYOND -> {
        // It goes with the rest that it is part of.
      }
    }
  }

  private void forgetOne(Cases silent) {
    Ailment ailment = silent.ailment();
    if (!isApart(ailment) && shelf.get(ailment.rest().key()).isPresent()) {
      absorb(silent);
    } else {
      remove(ailment);
    }
  }

  private void remove(Ailment ailment) {
    shelf.remove(ailment);
    largest.remove(ailment.service(), ailment.key());
  }

  private Cases of(Ailment ailment) {
    return shelf.get(ailment.key()).orElseGet(() -> Cases.none(ailment));
  }

  private void absorbSurplus(String service) {
    if (largest.size(service) > watch.policy().mostKnown()) {
      largest.least(service).flatMap(shelf::get).ifPresent(this::absorb);
    }
  }

  private void absorb(Cases least) {
    shelf.put(watch.joined(of(least.ailment().beyond()), List.of(least)));
    remove(least.ailment());
  }

  /** Of each kind of which something has become part of the rest, or what is part of it changed. */
  private List<CaseStep> rest(List<CaseStep> because, Instant at) {
    return because.stream()
        .map(step -> step.cases().ailment())
        .filter(ailment -> !isApart(ailment))
        .map(Ailment::rest)
        .distinct()
        .map(this::of)
        .filter(this::isRestDue)
        .map(rest -> rest(rest, at))
        .toList();
  }

  /** A first word is due at once, more of it when as many were seen as there are. */
  private boolean isRestDue(Cases rest) {
    int since = sinceTold.merge(rest.ailment().key(), 1, Integer::sum);
    return !watch.isFiring(rest) || since > largest.size(rest.ailment().service());
  }

  private CaseStep rest(Cases before, Instant now) {
    Ailment rest = before.ailment();
    sinceTold.remove(rest.key());
    CaseStep step = watch.rest(before, members(rest.service(), rest.kind()), now);
    shelf.put(step.cases());
    return step;
  }

  private List<Cases> members(String service, Alert.Kind kind) {
    Ailment beyond = new Ailment(service, kind, "", Ailment.Scope.BEYOND);
    return Stream.concat(largest.rest(service).stream(), Stream.of(beyond.key()))
        .flatMap(key -> shelf.get(key).stream())
        .filter(each -> each.ailment().kind() == kind)
        .toList();
  }
}
