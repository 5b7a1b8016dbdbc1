package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.at;
import static dev.hognose.diagnosis.Shop.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a service's processes show becomes one alert a culprit. */
class CasesTest {

  private static final Duration BEAT = Duration.ofSeconds(4);

  private final Fleet fleet = new Fleet();

  @Test
  void fortyProcessesAreOneAlert() {
    for (int n = 1; n <= 40; n++) {
      fleet.take(sighting(n, "shop.cart.remind", 10 + n, 2));
    }

    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.processesAffected()).isEqualTo(40);
              assertThat(alert.title()).endsWith("in 40 processes");
              assertThat(alert.process()).isEmpty();
              assertThat(alert.firedAt()).isEqualTo(at(15));
            });
  }

  @Test
  void tenCulpritsAreTenAlerts() {
    for (int n = 1; n <= 10; n++) {
      fleet.take(sighting(1, "shop.cart.step" + n, 10, 2));
    }

    assertThat(fleet.told()).hasSize(10);
  }

  @Test
  void itResolvesAfterTheQuietTimeAndFiresAnew() {
    fleet.take(sighting(1, "shop.cart.remind", 0, 2));
    fleet.quiet();
    assertThat(fleet.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.resolvedAt()).contains(at(4 + 600)));

    fleet.take(sighting(1, "shop.cart.remind", 1_000, 2));

    assertThat(fleet.told())
        .extracting(Alert::state)
        .containsExactly(Alert.State.RESOLVED, Alert.State.FIRING);
  }

  @Test
  void itIsToldAgainWhenItIsMarkedlyMore() {
    fleet.take(sighting(1, "shop.cart.remind", 0, 2));
    fleet.take(sighting(1, "shop.cart.remind", 4, 3));
    assertThat(fleet.history()).hasSize(1);

    fleet.take(sighting(1, "shop.cart.remind", 8, 4));
    assertThat(fleet.history()).hasSize(2);

    fleet.take(sighting(2, "shop.cart.remind", 8, 1));
    assertThat(fleet.history()).hasSize(3).extracting(Alert::id).containsOnly(firstId());
  }

  private String firstId() {
    return fleet.history().get(0).id();
  }

  @Test
  void ofTenThousandCulpritsThoseThatWeighMostAreToldApartAndTheRestIsOne() {
    int most = DiagnosisPolicy.DEFAULT.mostCulprits();
    List<Sighting> sightings = new ArrayList<>();
    for (int n = 0; n < 10_000; n++) {
      sightings.add(sighting(1, "culprit " + n, 0, 1 + n / 100.0));
    }
    Collections.shuffle(sightings, new Random(1));
    sightings.forEach(fleet::take);
    fleet.quiet();

    assertThat(fleet.told()).hasSize(most + 1);
    assertThat(fleet.told())
        .filteredOn(alert -> alert.title().contains("one of more culprits"))
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.culprit()).isEmpty();
              assertThat(alert.title()).contains("culprit " + (9_999 - most));
            });
    assertThat(fleet.told())
        .filteredOn(alert -> !alert.title().contains("one of more culprits"))
        .extracting(Alert::title)
        .allSatisfy(title -> assertThat(numberIn(title)).isGreaterThanOrEqualTo(10_000 - most));
  }

  private static int numberIn(String title) {
    return Integer.parseInt(title.substring(title.lastIndexOf(' ') + 1));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void whoIsToldApartDoesNotDependOnTheOrder(long seed) {
    DiagnosisPolicy few = Fleet.tellingApart(4);
    Random random = new Random(seed);
    List<Sighting> sightings = new ArrayList<>();
    for (int n = 0; n < 300; n++) {
      int process = 1 + random.nextInt(5);
      int weight = 1 + random.nextInt(30);
      sightings.add(sighting(process, "step " + random.nextInt(40), random.nextInt(1_200), weight));
    }
    Fleet inOrder = new Fleet(few);
    sightings.forEach(inOrder::take);
    inOrder.quiet();
    Collections.shuffle(sightings, random);
    Fleet shuffled = new Fleet(few);
    sightings.forEach(shuffled::take);
    sightings.subList(0, 50).forEach(shuffled::take);
    shuffled.quiet();

    assertThat(inOrder.told()).anyMatch(alert -> alert.title().contains("one of more culprits"));
    assertThat(shuffled.toldById()).as("seed %d", seed).isEqualTo(inOrder.toldById());
  }

  @Test
  void beyondThoseThatAreKnownTheyAreOneCase() {
    DiagnosisPolicy few = Fleet.tellingApart(2);
    Fleet bounded = new Fleet(few);
    for (int n = 0; n < 1_000; n++) {
      bounded.take(sighting(1, "culprit " + n, 0, 2));
    }

    assertThat(bounded.cases()).hasSize(few.mostKnown() + 2);
    assertThat(bounded.told()).hasSize(3);
  }

  @Test
  void aThousandProcessesAreBounded() {
    for (int n = 1; n <= 1_000; n++) {
      fleet.take(sighting(n, "shop.cart.remind", 10, 2));
    }

    assertThat(fleet.cases())
        .singleElement()
        .satisfies(cases -> assertThat(cases.all()).hasSize(1));
    assertThat(fleet.told()).singleElement().extracting(Alert::processesAffected).isEqualTo(500);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
  void anyOrderEndsInTheSameAlerts(long seed) {
    Random random = new Random(seed);
    List<Sighting> sightings = anHour(random);
    List<Sighting> shuffled = new ArrayList<>(sightings);
    shuffled.addAll(sightings.subList(0, 10));
    Collections.shuffle(shuffled, random);
    Fleet other = new Fleet();
    for (Sighting sighting : shuffled) {
      other.take(sighting);
      if (random.nextInt(10) == 0) {
        other.quiet();
      }
    }
    other.quiet();
    sightings.forEach(fleet::take);
    fleet.quiet();

    assertThat(other.toldById().equals(fleet.toldById())).as("the same alerts").isTrue();
    assertThat(fleet.toldById()).hasSizeGreaterThanOrEqualTo(2);
  }

  /** Of six processes and two culprits, minutes apart. */
  private static List<Sighting> anHour(Random random) {
    List<Sighting> sightings = new ArrayList<>();
    for (int process = 1; process <= 6; process++) {
      double second = random.nextInt(600);
      while (second < 3_600) {
        sightings.add(
            sighting(process, "step " + random.nextInt(2), second, 1 + random.nextInt(8)));
        second += random.nextBoolean() ? 4 : 4 + random.nextInt(1_500);
      }
    }
    sightings.sort(Comparator.comparing(Sighting::until));
    return sightings;
  }

  private static Sighting sighting(int process, String culprit, double second, double weight) {
    return new Sighting(
        process(process),
        "1.4.2",
        Alert.Kind.TASK_LEAK,
        Sign.of(culprit, "tasks of " + culprit, weight, List.of()),
        at(second),
        at(second + 4),
        BEAT,
        Sighting.State.SEEN);
  }
}
