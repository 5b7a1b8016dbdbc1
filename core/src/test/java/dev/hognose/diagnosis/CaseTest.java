package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One run of an ailment: how long it lasts, who shows it, and whether there is news of it. */
class CaseTest {

  private static final Duration QUIET = Duration.ofSeconds(60);
  private static final Ailment AILMENT =
      new Ailment("orders", Alert.Kind.TASK_LEAK, "shop.cart.remind", Ailment.Scope.ONE);

  /** It ends a quiet time after it was last seen, or three beats where those take longer. */
  @ParameterizedTest
  @CsvSource({"4, 4, 68", "20, 4, 68", "21, 4, 71", "4, 21, 71", "21, 30, 98"})
  void isOverWhenNothingComesForItsQuietTime(int beat, int otherBeat, double overAt) {
    Case seen =
        of(SightingBuilder.within(0, 4).beat(beat))
            .and(of(SightingBuilder.within(4, 8).by(2).beat(otherBeat)));

    assertThat(seen.from()).isEqualTo(at(0));
    assertThat(seen.until()).isEqualTo(at(8));
    assertThat(seen.overAt(QUIET)).isEqualTo(at(overAt));
  }

  @ParameterizedTest
  @CsvSource({"63.999, true", "64, false", "3, true", "-60.001, false", "-59.999, true"})
  void isNearToWhatComesWithinItsQuietTime(double second, boolean isNear) {
    Case seen = of(SightingBuilder.within(0, 4));
    Case other = of(SightingBuilder.at(second));

    assertThat(seen.isNear(other, QUIET)).isEqualTo(isNear);
    assertThat(other.isNear(seen, QUIET)).isEqualTo(isNear);
  }

  @Test
  void whatAddsNothingIsNoNews() {
    Case seen = of(SightingBuilder.within(0, 4));
    Case told = seen.told(told("a"));

    assertThat(told.and(seen.told(told("b")))).isEqualTo(new Case(seen.processes(), both(), false));
    assertThat(told.and(of(SightingBuilder.within(4, 8))).changed()).isTrue();
    assertThat(seen.and(told).changed()).isTrue();
  }

  private static List<Told> both() {
    return List.of(told("a"), told("b"));
  }

  @ParameterizedTest
  @CsvSource({"1, 4", "2, 6", "3, 9"})
  void isSeenBySoManyWhenTheLastOfThemShowedIt(int needed, double second) {
    assertThat(three().seenBy(needed)).contains(at(second));
  }

  @Test
  void isNotSeenByMoreThanShowedIt() {
    assertThat(three().seenBy(4)).isEmpty();
  }

  @Test
  void theFirstIsTheOneThatShowedItFirstAndTheStrongestTheOneThatShowsItMost() {
    assertThat(three().first().process()).isEqualTo(Shop.process(2));
    assertThat(three().strongest().process()).isEqualTo(Shop.process(3));
    assertThat(three().greatestWeight()).isEqualTo(7);
  }

  @Test
  void ofTwoThatShowedItAtOnceTheFirstByNameIsTheFirst() {
    Case seen = of(SightingBuilder.at(4).by(2)).and(of(SightingBuilder.at(4).by(1)));

    assertThat(seen.first().process()).isEqualTo(Shop.process(1));
  }

  @Test
  void withoutWhatAProcessShowedTheOthersStay() {
    Case seen = of(SightingBuilder.at(4)).and(of(SightingBuilder.at(8).by(2))).told(told("a"));

    assertThat(seen.without(SightingBuilder.at(4).build()))
        .contains(new Case(of(SightingBuilder.at(8).by(2)).processes(), List.of(told("a")), true));
    assertThat(of(SightingBuilder.at(4)).without(SightingBuilder.at(4).build())).isEmpty();
  }

  @Test
  void whatWasToldOfItUnderItsIdStaysTold() {
    Case seen = of(SightingBuilder.within(0, 4));
    Cases before = new Cases(AILMENT, List.of(seen.told(told("x")), seen.told(told("a"))));

    assertThat(seen.toldAs(before, Optional.of("a")))
        .as("nothing has changed")
        .isEqualTo(seen.told(told("a")));
    assertThat(of(SightingBuilder.within(0, 8)).toldAs(before, Optional.of("a")))
        .as("it has changed")
        .isEqualTo(
            new Case(of(SightingBuilder.within(0, 8)).processes(), List.of(told("a")), true));
  }

  @Test
  void whatWasToldUnderOtherIdsIsNotItsOwn() {
    Case seen = of(SightingBuilder.within(0, 4));
    Cases before = new Cases(AILMENT, List.of(seen.told(told("x"))));

    assertThat(seen.toldAs(before, Optional.of("a")))
        .isEqualTo(new Case(seen.processes(), List.of(), true));
    assertThat(seen.toldAs(before, Optional.empty()))
        .isEqualTo(new Case(seen.processes(), List.of(), true));
  }

  @Test
  void somebodyShowsIt() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Presences.of(List.of()))
        .withMessage("case of no processes: expected 1 or more");
  }

  /** The third shows it most, the second showed it first. */
  private static Case three() {
    return of(SightingBuilder.within(0, 6).by(1).weight(3))
        .and(of(SightingBuilder.within(2, 4).by(2).weight(5)))
        .and(of(SightingBuilder.within(4, 9).by(3).weight(7)));
  }

  private static Case of(SightingBuilder sighting) {
    return Case.of(sighting.presence());
  }

  private static Told told(String id) {
    return new Told(id, 1, 2, Told.Life.FIRING, Instant.EPOCH);
  }
}
