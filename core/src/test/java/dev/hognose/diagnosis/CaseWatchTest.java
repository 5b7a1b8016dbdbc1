package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.at;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is told of one ailment, when, and for how long nothing may be seen of it. */
class CaseWatchTest {

  private static final CaseWatch WATCH = new CaseWatch(DiagnosisPolicy.DEFAULT);
  private static final Ailment AILMENT =
      new Ailment("orders", Alert.Kind.TASK_LEAK, "shop.cart.remind", Ailment.Scope.ONE);

  @ParameterizedTest
  @CsvSource({"4, 600", "200, 600", "201, 603", "300, 900"})
  void isOverAfterTheQuietTimeOrThreeBeats(int beat, int patience) {
    Cases seen = seen(SightingBuilder.within(0, 4).beat(beat)).cases();

    assertThat(WATCH.patience(seen)).isEqualTo(Duration.ofSeconds(patience));
    assertThat(WATCH.quietAt(seen)).isEqualTo(at(4 + patience));
  }

  @Test
  void patienceIsThatOfTheLastThatIsSeenOfIt() {
    Cases cases = Cases.none(AILMENT);
    cases = WATCH.next(cases, SightingBuilder.at(0).beat(1_000).build());
    cases = WATCH.next(cases, SightingBuilder.at(3_100).beat(4).build());

    assertThat(WATCH.quietAt(cases)).isEqualTo(at(3_700));
    assertThat(WATCH.patience(cases)).isEqualTo(Duration.ofMinutes(10));
  }

  @Test
  void ofNothingTheQuietTimeIsWaitedFor() {
    assertThat(WATCH.patience(Cases.none(AILMENT))).isEqualTo(Duration.ofMinutes(10));
    assertThat(WATCH.patience(Cases.none(with(Alert.Kind.NEVER_AWAITED))))
        .isEqualTo(Duration.ofHours(1));
  }

  @Test
  void firesUntilItIsOver() {
    assertThat(WATCH.isFiring(Cases.none(AILMENT))).isFalse();

    Cases seen = seen(SightingBuilder.at(0)).cases();
    assertThat(WATCH.isFiring(seen)).isTrue();

    assertThat(WATCH.isFiring(WATCH.quiet(seen).cases())).isFalse();
  }

  @Test
  void alertSaysSinceWhenAndForHowLong() {
    Alert alert = seen(SightingBuilder.within(0, 4)).alerts().get(0);

    assertThat(alert.firedAt()).isEqualTo(at(4));
    assertThat(alert.updatedAt()).isEqualTo(at(4));
    assertThat(alert.version()).isEqualTo("1.4.2");
    assertThat(alert.evidence())
        .contains(
            new Evidence("lasting", 4, "seconds"),
            new Evidence("processes", 1, "count"),
            new Evidence("confidence", 0.75, "ratio"));
  }

  /** Second, process and weight of what is seen next, and whether that is told. */
  @ParameterizedTest
  @CsvSource({
    "the same again,        4, 1, 2,    false",
    "somewhat more,         4, 1, 3.99, false",
    "twice as much,         4, 1, 4,    true",
    "another process,       4, 2, 1,    true",
    "nothing new,           0, 1, 2,    false"
  })
  void isToldAgainWhenThereIsNews(
      String what, double second, int process, double weight, boolean isTold) {
    Cases before = seen(SightingBuilder.at(0)).cases();
    Sighting next = SightingBuilder.at(second).by(process).weight(weight).build();

    CaseStep step = WATCH.tell(before, WATCH.next(before, next), next.until());

    assertThat(step.alerts().isEmpty()).as(what).isEqualTo(!isTold);
    assertThat(step.isNews()).as(what).isEqualTo(isTold);
  }

  /** The quiet time's slot in which it fired is its name. */
  @Test
  void aCaseThatFiredEarlierThanWasKnownIsToldUnderItsNewName() {
    CaseStep told = seen(SightingBuilder.at(601));
    Sighting earlier = SightingBuilder.at(599).weight(1).build();

    CaseStep step = WATCH.tell(told.cases(), WATCH.next(told.cases(), earlier), at(601));

    assertThat(step.withdrawn()).containsExactly(told.alerts().get(0).id());
    assertThat(step.alerts())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.id()).isNotEqualTo(told.alerts().get(0).id());
              assertThat(alert.firedAt()).isEqualTo(at(599));
              assertThat(alert.updatedAt()).isEqualTo(at(601));
            });
  }

  @Test
  void whatIsTakenBackIsNewsWithoutAnAlert() {
    CaseStep told = seen(SightingBuilder.at(0));
    Cases none = WATCH.next(told.cases(), SightingBuilder.at(0).build().withdrawn());

    CaseStep step = WATCH.tell(told.cases(), none, at(4));

    assertThat(step.withdrawn()).containsExactly(told.alerts().get(0).id());
    assertThat(step.alerts()).isEmpty();
    assertThat(step.isNews()).isTrue();
  }

  @Test
  void twoCasesThatBecomeOneAreToldAsOne() {
    Cases cases = seen(SightingBuilder.at(0)).cases();
    cases = WATCH.tell(cases, WATCH.next(cases, SightingBuilder.at(1_000).build()), at(9)).cases();
    assertThat(cases.toldIds()).hasSize(2).doesNotHaveDuplicates();

    CaseStep step =
        WATCH.tell(cases, WATCH.next(cases, SightingBuilder.at(500).build()), at(1_000));

    assertThat(step.alerts()).extracting(Alert::id).containsExactly(cases.toldIds().get(0));
    assertThat(step.withdrawn()).containsExactly(cases.toldIds().get(1));
  }

  @Test
  void theRestIsToldAgainOnlyWhenItHasChanged() {
    Cases none = Cases.none(AILMENT.rest());
    List<Cases> members = List.of(seen(SightingBuilder.at(0)).cases());

    CaseStep first = WATCH.rest(none, members, at(4));
    CaseStep second = WATCH.rest(first.cases(), members, at(8));

    assertThat(first.alerts()).hasSize(1);
    assertThat(second.isNews()).isFalse();
    assertThat(second.cases()).isEqualTo(first.cases());
  }

  @Test
  void holderIsNamedWhereItIsToldApart() {
    Retention holder = Illness.retention("shop.cart:SEEN");
    CaseStep apart = seen(SightingBuilder.at(0).keptBy(holder));

    CaseStep rest = WATCH.rest(Cases.none(AILMENT.rest()), List.of(apart.cases()), at(4));

    assertThat(apart.alerts()).flatExtracting(Alert::retention).containsExactly(holder);
    assertThat(rest.alerts()).hasSize(1).flatExtracting(Alert::retention).isEmpty();
  }

  @Test
  void keyOfAnAilmentIsReadAsItWasWritten() {
    for (String culprit : List.of("", "shop.cart.remind", "two\nlines")) {
      Ailment ailment = new Ailment("orders", AILMENT.kind(), culprit, Ailment.Scope.BEYOND);
      assertThat(Ailment.parse(ailment.key())).isEqualTo(ailment);
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Ailment.parse("orders\nTASK_LEAK"))
        .withMessage(
            "ailment=orders\nTASK_LEAK: expected service, kind, culprit and scope, a line each");
  }

  private static CaseStep seen(SightingBuilder sighting) {
    Sighting first = sighting.build();
    Cases none = Cases.none(AILMENT);
    return WATCH.tell(none, WATCH.next(none, first), first.until());
  }

  private static Ailment with(Alert.Kind kind) {
    return new Ailment("orders", kind, "", Ailment.Scope.ONE);
  }
}
