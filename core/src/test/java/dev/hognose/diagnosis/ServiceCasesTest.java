package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where only one culprit is told apart: who it is, what is told of the rest, what is forgotten. */
class ServiceCasesTest {

  private static final String REST = ", one of more culprits than the 1 that are told apart";

  private final KeptCases shelf = new KeptCases();
  private final ServiceCases cases = over(shelf);

  @Test
  void whoWeighsMostIsToldApartAndTheOthersAreOne() {
    List<String> told = new ArrayList<>();
    for (SightingBuilder each : List.of(seen("a", 5), seen("b", 3), seen("c", 4).by(2))) {
      told.addAll(titles(cases.take(each.build())));
    }

    assertThat(told).containsExactly("orders: tasks of a", "orders: tasks of b" + REST);
    assertThat(cases.isApart(ailment("a"))).isTrue();
    assertThat(cases.isApart(ailment("c"))).isFalse();
  }

  @Test
  void whoWeighsLessThanAnotherMakesRoomForItAtOnce() {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).build());

    List<CaseStep> steps = cases.take(SightingBuilder.at(4).culprit("a").weight(1).build());

    assertThat(titles(steps)).containsExactly("orders: tasks of b");
    assertThat(steps).flatExtracting(CaseStep::withdrawn).hasSize(1);
    assertThat(cases.isApart(ailment("a"))).isFalse();
    assertThat(titles(restIsOver())).containsExactly("orders: tasks of a" + REST);
  }

  @Test
  void whoWeighsMoreThanAnotherTakesItsRoom() {
    cases.take(seen("a", 5).build());

    List<CaseStep> steps = cases.take(seen("b", 6).build());

    assertThat(titles(steps)).containsExactly("orders: tasks of b", "orders: tasks of a" + REST);
    assertThat(steps).flatExtracting(CaseStep::withdrawn).hasSize(1);
  }

  @Test
  void restIsToldAtOnceAndThenWhenAsManyWereSeenAsThereAre() {
    cases.take(seen("a", 5).build());
    List<Boolean> told = new ArrayList<>();
    for (int n = 0; n < 7; n++) {
      List<CaseStep> steps = cases.take(SightingBuilder.at(4.0 * n).culprit("b").build());
      told.add(
          steps.stream().anyMatch(step -> step.cases().ailment().scope() == Ailment.Scope.REST));
    }

    assertThat(told).containsExactly(true, false, false, true, false, false, true);
  }

  @Test
  void eachKindHasARestOfItsOwn() {
    cases.take(seen("a", 5).build());
    List<CaseStep> slow =
        cases.take(seen("b", 2).kind(Alert.Kind.SLOW_TASKS).phrase("slow b").by(1).build());
    List<CaseStep> leaked = cases.take(seen("c", 1).by(2).build());

    assertThat(titles(slow)).containsExactly("orders: slow b" + REST);
    assertThat(titles(leaked)).containsExactly("orders: tasks of c" + REST);
  }

  @Test
  void whatIsNotToldApartIsOverWithTheRest() {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).build());

    assertThat(cases.over(ailment("b").key())).isEmpty();
    assertThat(cases.over(ailment("b").beyond().key())).isEmpty();
    assertThat(cases.over(ailment("a").key()))
        .hasValueSatisfying(
            step ->
                assertThat(step.alerts())
                    .extracting(Alert::state)
                    .containsExactly(Alert.State.RESOLVED));
    assertThat(cases.over(ailment("a").key())).as("it was said").isEmpty();
    assertThat(restIsOver()).hasSize(1);
    assertThat(restIsOver()).as("it was said").isEmpty();
  }

  @Test
  void whoIsForgottenLeavesItsRoomToTheNextThatIsSeen() {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).build());

    cases.forget(ailment("a").key());

    assertThat(keys()).containsExactly(ailment("b").key(), ailment("b").rest().key());
    assertThat(titles(cases.take(SightingBuilder.at(4).culprit("b").build())))
        .contains("orders: tasks of b");
    assertThat(cases.isApart(ailment("b"))).isTrue();
  }

  @Test
  void whatIsForgottenOfTheRestStaysPartOfIt() {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).by(1).build());
    cases.take(seen("c", 2).by(2).build());

    cases.forget(ailment("b").key());

    assertThat(keys()).doesNotContain(ailment("b").key()).contains(ailment("b").beyond().key());
    assertThat(titles(restIsOver()))
        .containsExactly("orders: tasks of b" + REST + ", in 2 processes");
  }

  /** A task that starts looks at all that is kept, also at what no timer was set for. */
  @Test
  void whatIsOnlyPartOfTheRestIsNotForgottenBeforeIt() {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).by(1).build());
    cases.take(seen("c", 2).by(2).build());
    cases.forget(ailment("b").key());

    cases.forget(ailment("b").beyond().key());

    assertThat(titles(restIsOver()))
        .containsExactly("orders: tasks of b" + REST + ", in 2 processes");
  }

  @Test
  void theRestIsForgottenWithAllThatWasOnlyPartOfIt() {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).build());
    cases.take(seen("c", 2).build());
    cases.forget(ailment("b").key());

    cases.forget(ailment("a").rest().key());

    assertThat(keys()).containsExactly(ailment("a").key(), ailment("c").key());
  }

  @Test
  void whatIsForgottenAfterTheRestIsGone() {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).build());
    cases.forget(ailment("a").rest().key());

    cases.forget(ailment("b").key());
    cases.forget("nobody knows it");

    assertThat(keys()).containsExactly(ailment("a").key());
  }

  @ParameterizedTest
  @EnumSource(
      value = Ailment.Scope.class,
      names = {"ONE", "BEYOND"})
  void whatIsForgottenLeavesTheRestOfItsKind(Ailment.Scope scope) {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).build());
    cases.take(seen("c", 2).build());
    cases.forget(ailment("c").key());

    cases.forget(new Ailment("orders", kind(), scope == Ailment.Scope.ONE ? "a" : "", scope).key());

    assertThat(keys()).contains(ailment("b").key(), ailment("b").rest().key());
  }

  /** The only one in it was raised: what was told of it is told under its own name now. */
  @Test
  void aRestThatNothingIsLeftOfIsTakenBack() {
    cases.take(seen("a", 5).build());
    Alert rest = alerts(cases.take(seen("b", 3).build())).get(0);
    cases.forget(ailment("a").key());
    cases.take(SightingBuilder.at(4).culprit("b").build());

    assertThat(restIsOver())
        .singleElement()
        .satisfies(
            step -> {
              assertThat(step.withdrawn()).containsExactly(rest.id());
              assertThat(step.at()).isEqualTo(rest.updatedAt());
            });
    assertThat(restIsOver()).as("it was said").isEmpty();
  }

  @Test
  void aTaskThatStartsTellsTheSameApart() {
    cases.take(seen("a", 5).build());
    cases.take(seen("b", 3).build());
    cases.take(seen("c", 4).build());
    ServiceCases started = over(shelf);
    List.copyOf(shelf.all()).forEach(started::known);

    started.take(SightingBuilder.at(0).culprit("d").weight(4.5).build());

    for (String culprit : List.of("a", "b", "c", "d")) {
      assertThat(started.isApart(ailment(culprit))).as(culprit).isEqualTo(culprit.equals("a"));
    }
  }

  private List<CaseStep> restIsOver() {
    return cases.over(ailment("any").rest().key()).stream().toList();
  }

  private List<String> keys() {
    return shelf.all().stream().map(each -> each.ailment().key()).toList();
  }

  private static ServiceCases over(Shelf shelf) {
    return new ServiceCases(new CaseWatch(Fleet.tellingApart(1)), shelf);
  }

  private static SightingBuilder seen(String culprit, double weight) {
    return SightingBuilder.at(0).culprit(culprit).weight(weight);
  }

  private static Ailment ailment(String culprit) {
    return new Ailment("orders", kind(), culprit, Ailment.Scope.ONE);
  }

  private static Alert.Kind kind() {
    return Alert.Kind.TASK_LEAK;
  }

  private static List<String> titles(List<CaseStep> steps) {
    return alerts(steps).stream().map(Alert::title).toList();
  }

  private static List<Alert> alerts(List<CaseStep> steps) {
    return steps.stream().flatMap(step -> step.alerts().stream()).toList();
  }
}
