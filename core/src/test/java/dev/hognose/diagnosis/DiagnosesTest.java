package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Growing;
import dev.hognose.sample.GrowingKind;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each illness is told, alone and in time; its twin is never accused. */
class DiagnosesTest {

  static final List<Illness> ILLNESSES = Illness.ofFigures();
  static final List<Illness.OfEvent> TOLD_BY_EVENTS = Illness.ofEvents();

  @ParameterizedTest
  @FieldSource("ILLNESSES")
  void isToldWithinAMinuteAtOneSampleASecond(Illness illness) {
    Fleet fleet = lived(illness.ill(), 1, 56);

    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(illness.kind());
              assertThat(alert.title()).startsWith("orders: ").contains(illness.culprit());
              assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
              assertThat(alert.processesAffected()).isEqualTo(1);
              assertThat(alert.advice()).contains("docs/diagnoses.md#" + name(illness.kind()));
              assertThat(alert.evidence()).anyMatch(each -> each.name().equals("confidence"));
            });
  }

  @ParameterizedTest
  @FieldSource("ILLNESSES")
  void isToldWithSixtySamplesAtLongerIntervals(Illness illness) {
    for (int interval : new int[] {10, 60}) {
      assertThat(kinds(lived(illness.ill(), interval, 60 * interval)))
          .as("at %s s", interval)
          .containsExactly(illness.kind());
    }
  }

  @ParameterizedTest
  @FieldSource("ILLNESSES")
  void itsTwinIsNotAccused(Illness illness) {
    assertThat(lived(illness.twin(), 1, 600).told()).isEmpty();
    assertThat(lived(illness.twin(), 10, 7_200).told()).isEmpty();
    assertThat(lived(illness.twin(), 60, 43_200).told()).isEmpty();
  }

  @ParameterizedTest
  @FieldSource("ILLNESSES")
  void doubledAndNearlyOrderedSamplesChangeNothing(Illness illness) {
    Fleet fleet = new Fleet();
    for (int i = 1; i <= 56; i += 2) {
      fleet.take(sample(illness.ill(), i + 1, 1));
      fleet.take(sample(illness.ill(), i, 1));
      fleet.take(sample(illness.ill(), i + 1, 1));
    }
    fleet.quiet();
    Fleet expected = lived(illness.ill(), 1, 56);
    expected.quiet();

    assertThat(fleet.toldById()).isEqualTo(expected.toldById()).isNotEmpty();
  }

  @ParameterizedTest
  @FieldSource("TOLD_BY_EVENTS")
  void anEventTellsIt(Illness.OfEvent illness) {
    Fleet ill = new Fleet();
    ill.take(Shop.event(Shop.process(1), 3, illness.ill()));
    ill.take(Shop.event(Shop.process(1), 3, illness.ill()));
    Fleet well = new Fleet();
    well.take(Shop.event(Shop.process(1), 3, illness.twin()));

    assertThat(kinds(ill)).containsExactly(illness.kind());
    boolean isHeld = illness.ill() instanceof Retention;
    assertThat(ill.told())
        .singleElement()
        .satisfies(
            alert ->
                assertThat(alert.advice().contains("A memory_leak of this service that lists it"))
                    .isEqualTo(isHeld));
    assertThat(well.told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"_asyncio:_all_tasks.data", "threading:_active"})
  void pythonsOwnRegistersAreNoLeak(String name) {
    Fleet fleet = new Fleet();
    fleet.take(Shop.event(Shop.process(1), 3, Illness.retention(name)));

    assertThat(fleet.told()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "asyncio.selector_events.accept",
        "uvicorn.protocols.http.h11_impl.RequestResponseCycle.run_asgi",
        "aiohttp.web_protocol.RequestHandler.start",
      })
  void whatALoopOrAServerDoesForOthersIsNotSlow(String coroutine) {
    Consumer<Shop> lasting = shop -> shop.tasks(coroutine, 8, Math.min(20, shop.second));

    assertThat(lived(lasting, 1, 100).told()).isEmpty();
  }

  @Test
  void whatGainedMostIsToBlameWhateverElseComesAndGoes() {
    Fleet fleet =
        lived(
            shop -> {
              int gained = (int) (5 * shop.second);
              shop.fds = 30 + gained;
              // Now and then a swarm of connections, more than the files that leak meanwhile.
              int swarm = shop.second % 12 < 4 ? gained + 1 : 0;
              GrowingKind files = new GrowingKind("file", gained, gained, "/srv/receipts");
              GrowingKind sockets = new GrowingKind("socket", swarm, swarm, "");
              shop.growing = new Growing(List.of(), List.of(sockets, files), List.of());
            },
            1,
            120);

    assertThat(fleet.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.title()).contains("above all: file in /srv/receipts"));
  }

  @ParameterizedTest(name = "{0} ms in windows of a kind, {1} ms in the others")
  @CsvSource({"2.4, 6, 1", "1.2, 6, 0", "0.1, 4000, 0"})
  void waitsForTheGilAreJudgedTogetherAndInEachWindow(double low, double high, int told) {
    Fleet fleet =
        lived(
            shop -> {
              shop.cpuSeconds = 0.95 * shop.second;
              shop.threadCpu.put("reports", 0.85 * shop.second);
              long windows = (long) shop.second / 4;
              long highOnes = (windows + 1) / 3;
              double waited = high * highOnes + low * (windows - highOnes);
              shop.gilWaits = 40 * windows;
              shop.gilWaitSeconds = 40 * waited / 1000;
            },
            1,
            56);

    assertThat(fleet.told()).hasSize(told);
  }

  @Test
  void whatNobodyToldIsNotNamed() {
    Fleet fleet = lived(shop -> shop.threads = 8 + (int) (2 * shop.second), 1, 56);

    assertThat(fleet.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.title()).endsWith("70 more within 35 s"));
  }

  @Test
  void theHealthyShopIsLeftAlone() {
    assertThat(lived(shop -> {}, 1, 900).told()).isEmpty();
  }

  @Test
  void everyDiagnosisHasItsIllness() {
    Set<Alert.Kind> tried = new TreeSet<>();
    ILLNESSES.forEach(each -> tried.add(each.kind()));
    TOLD_BY_EVENTS.forEach(each -> tried.add(each.kind()));
    // SilentProcessTest, CrashLoopTest and ClockSkewTest tell these.
    tried.addAll(Set.of(Alert.Kind.CRASH_LOOP, Alert.Kind.SILENT_PROCESS, Alert.Kind.CLOCK_SKEW));

    assertThat(Diagnoses.of(DiagnosisPolicy.DEFAULT))
        .extracting(Diagnosis::kind)
        .doesNotHaveDuplicates()
        .containsExactlyInAnyOrderElementsOf(tried);
  }

  static Fleet lived(Consumer<Shop> figures, int interval, int seconds) {
    Fleet fleet = new Fleet();
    for (int i = 1; i * interval <= seconds; i++) {
      fleet.take(sample(figures, i, interval));
    }
    return fleet;
  }

  static Sample sample(Consumer<Shop> figures, int number, int interval) {
    Shop shop = Shop.after((double) number * interval, interval);
    figures.accept(shop);
    return shop.sample(Shop.process(1), number, Duration.ofSeconds(interval));
  }

  private static Set<Alert.Kind> kinds(Fleet fleet) {
    Set<Alert.Kind> kinds = new TreeSet<>();
    fleet.told().forEach(alert -> kinds.add(alert.kind()));
    return kinds;
  }

  private static String name(Alert.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }
}
