package dev.hognose.leak;

import static dev.hognose.leak.Shop.LONG;
import static dev.hognose.leak.Shop.at;
import static dev.hognose.leak.Shop.leaking;
import static dev.hognose.leak.Shop.sample;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.Bytes;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What is told of a leak from its onset until it stops. */
class LeakWatchTest {

  private final Watched watched = new Watched();

  @Test
  void aLeakFiresWithItsFigures() {
    watched.leak(0, LONG);

    assertThat(watched.told()).hasSize(1);
    Alert alert = watched.history().get(0);
    assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
    assertThat(alert.kind()).isEqualTo(Alert.Kind.MEMORY_LEAK);
    assertThat(alert.process()).contains(Shop.PROCESS);
    assertThat(alert.severity()).isEqualTo(Alert.Severity.CRITICAL);
    assertThat(alert.firedAt()).isBetween(at(120), at(LONG));
    assertThat(alert.title())
        .matches("catalog leaks 7\\.\\d GiB/h in the Python heap since 10:00 UTC, limit in \\d+ s");
    assertThat(figure(alert, "slope")).isCloseTo(7_200.0 * (1 << 20), within(0.1e9));
    assertThat(figure(alert, "limit")).isEqualTo(400 << 20);
    assertThat(alert.sites()).isEmpty();
    assertThat(alert.advice()).startsWith("Nothing was traced yet");
  }

  @Test
  void verdictsAreToldWhenTheyChangeAndNotWithEverySample() {
    watched.leak(0, LONG);

    assertThat(watched.trends().get(0).verdict()).isEqualTo(Trend.Verdict.WARMING);
    assertThat(watched.trends())
        .extracting(Trend::verdict)
        .contains(Trend.Verdict.SUSPECT, Trend.Verdict.LEAKING);
    assertThat(watched.trends()).hasSizeLessThan(12);
  }

  @Test
  void aSteadyProcessIsNotAccused() {
    for (int n = 0; n < 2_000; n++) {
      watched.take(sample(n, Bytes.ofMebi(100 + n % 3)));
    }

    assertThat(watched.history()).isEmpty();
    assertThat(watched.trends())
        .extracting(Trend::verdict)
        .containsExactly(Trend.Verdict.WARMING, Trend.Verdict.STEADY);
  }

  @Test
  void theLimitThatComesNearIsToldAgain() {
    watched.leak(0, LONG + 150);

    assertThat(watched.history()).hasSizeBetween(2, 8);
    assertThat(figure(watched.last(), "hours_to_limit"))
        .isLessThan(figure(watched.history().get(0), "hours_to_limit") / 1.5);
  }

  @Test
  void growthThatStopsResolvesTheAlert() {
    watched.leak(0, LONG);
    Bytes reached = leaking(LONG).memory().rss();
    for (int n = LONG; n < LONG + 400; n++) {
      watched.take(sample(n, reached));
    }

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(watched.trends().get(watched.trends().size() - 1).verdict())
        .isIn(Trend.Verdict.CLEARED, Trend.Verdict.STEADY);
  }

  @Test
  void figuresThatCannotBeAreCountedAndChangeNothing() {
    watched.leak(0, 20);
    LeakWatch watch = new LeakWatch(LeakPolicy.BALANCED, LeakAlertPolicy.DEFAULT, Optional.empty());
    LeakWatchStep step =
        watch.next(
            LeakLife.begin(Shop.PROCESS),
            LeakEvidence.NONE,
            new Observation.Sampled(sample(0, Bytes.ZERO)));

    assertThat(step.reading()).contains(new Outcome.Ignored(Outcome.Reason.FAILED_READ));
    assertThat(step.trend().orElseThrow().verdict()).isEqualTo(Trend.Verdict.UNKNOWN);
  }

  @Test
  void onlyASampleWhoseFiguresCanBeUsedHasCounted() {
    LeakWatch watch = new LeakWatch(LeakPolicy.BALANCED, LeakAlertPolicy.DEFAULT, Optional.empty());
    LeakLife life = LeakLife.begin(Shop.PROCESS);
    LeakWatchStep used =
        watch.next(life, LeakEvidence.NONE, new Observation.Sampled(sample(0, Bytes.ofMebi(100))));
    LeakWatchStep failed =
        watch.next(life, LeakEvidence.NONE, new Observation.Sampled(sample(0, Bytes.ZERO)));

    assertThat(used.hasCounted()).isTrue();
    assertThat(failed.hasCounted()).isFalse();
    assertThat(watch.silence(used.life(), LeakEvidence.NONE).hasCounted()).isFalse();
  }

  private static double figure(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(each -> each.name().equals(name))
        .mapToDouble(Evidence::value)
        .findFirst()
        .orElseThrow();
  }
}
