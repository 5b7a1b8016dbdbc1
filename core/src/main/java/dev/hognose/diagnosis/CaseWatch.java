package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Makes one alert of what the processes of a service show, an ailment at a time.
 *
 * <p>Pure: time is that of the sightings. What is told in the end depends neither on the order in
 * which processes are read nor on when a timer asks.
 */
public final class CaseWatch {

  private final DiagnosisPolicy policy;

  public CaseWatch(DiagnosisPolicy policy) {
    this.policy = policy;
  }

  public DiagnosisPolicy policy() {
    return policy;
  }

  /** With what a process showed, or did not show after all; tells nothing yet. */
  Cases next(Cases cases, Sighting sighting) {
    return switch (sighting.state()) {
      case SEEN -> cases.and(sighting, quietOf(cases));
      case WITHDRAWN -> cases.without(sighting);
    };
  }

  /**
   * Says what is new.
   *
   * @param before what was last told is in these
   * @param at what led to it
   */
  CaseStep tell(Cases before, Cases changed, Instant at) {
    return tell(before, changed, changed.newest(), at);
  }

  /** Takes back all that was told: others weigh more, it is part of the rest now. */
  CaseStep withdraw(Cases outranked) {
    Cases untold = outranked.with(outranked.all().stream().map(Case::untold).toList());
    return new CaseStep(untold, List.of(), outranked.toldIds(), outranked.newest());
  }

  /**
   * Says what is new about all that are not told apart.
   *
   * @param before what was last told of them
   * @param now until when they were looked at
   */
  CaseStep rest(Cases before, Collection<Cases> members, Instant now) {
    Cases joined = joined(Cases.none(before.ailment()), members);
    List<Case> told =
        joined.all().stream().map(each -> each.toldAs(before, id(before, each))).toList();
    // All that were part of it may be told apart by now: then it is only taken back.
    Instant until = joined.all().isEmpty() ? before.toldAt() : joined.newest();
    return tell(before, joined.with(told), now.isBefore(until) ? until : now, until);
  }

  private Optional<String> id(Cases cases, Case each) {
    return Telling.id(cases.ailment(), each, policy);
  }

  /** With the others, whatever their culprits; cases near to each other become one. */
  Cases joined(Cases cases, Collection<Cases> others) {
    return cases.joined(others, quietOf(cases));
  }

  /** Says that the ailment is over: nothing was seen of it for its quiet time. */
  CaseStep quiet(Cases cases) {
    return tell(cases, cases, Instant.MAX, cases.newest());
  }

  /** How long nothing may be heard of it until it is over. */
  public Duration patience(Cases cases) {
    return cases.all().isEmpty()
        ? quietOf(cases)
        : Duration.between(cases.newest(), cases.overAt(quietOf(cases)));
  }

  /** When all of it is over, if nothing more comes. */
  public Instant quietAt(Cases cases) {
    return cases.overAt(quietOf(cases));
  }

  /** Whether an alert of it still fires. */
  public boolean isFiring(Cases cases) {
    return cases.all().stream()
        .flatMap(each -> each.told().stream())
        .anyMatch(told -> told.life() == Told.Life.FIRING);
  }

  private Duration quietOf(Cases cases) {
    return policy.quiet(cases.ailment().kind());
  }

  private CaseStep tell(Cases before, Cases cases, Instant now, Instant at) {
    DiagnosisAlert alert = new DiagnosisAlert(cases.ailment(), policy);
    List<Case> after = new ArrayList<>();
    List<Alert> alerts = new ArrayList<>();
    for (Case each : cases.all()) {
      Optional<Telling> due = Telling.due(cases.ailment(), each, policy, now);
      due.map(alert::of).ifPresent(alerts::add);
      after.add(due.map(telling -> each.told(telling.told())).orElse(each));
    }
    Cases told = cases.with(after);
    List<String> withdrawn = new ArrayList<>(before.toldIds());
    withdrawn.removeAll(told.toldIds());
    return new CaseStep(told, alerts, withdrawn, at);
  }
}
