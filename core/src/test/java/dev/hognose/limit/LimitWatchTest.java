package dev.hognose.limit;

import static dev.hognose.limit.Worker.LIMITED;
import static dev.hognose.limit.Worker.bytes;
import static dev.hognose.limit.Worker.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Sample;
import java.util.List;
import java.util.Optional;
import java.util.function.DoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who runs into a limit, and who does not. */
class LimitWatchTest {

  @Test
  void limitWithinTheHourIsToldWithItsFigures() {
    List<Alert> told = new Followed().take(0, 30, Worker::growing).told();

    Alert alert = assertThat(told).singleElement().actual();
    assertThat(alert.kind()).isEqualTo(Alert.Kind.OUT_OF_MEMORY_SOON);
    assertThat(alert.severity()).isEqualTo(Alert.Severity.WARNING);
    assertThat(alert.firedAt()).isBetween(time(23), time(25));
    assertThat(alert.title())
        .startsWith("orders is out of memory in 60 min: ")
        .endsWith(" of 1000.0 MiB, growing 180.0 MiB/h");
    assertThat(alert.version()).isEqualTo("1.4.2");
    assertThat(Followed.value(alert, "slope")).isCloseTo(180.0 * (1 << 20), within(1e4));
    assertThat(Followed.value(alert, "hours_to_limit")).isCloseTo(1.0, within(0.02));
    assertThat(alert.advice())
        .contains("says nothing about a leak")
        .doesNotContain("Every process of the container");
  }

  @Test
  void itIsToldAgainAsItComesNearerAndBecomesCritical() {
    List<Alert> history = new Followed().take(0, 80, Worker::growing).history();

    assertThat(history).hasSizeBetween(4, 9);
    assertThat(history).extracting(Alert::id).containsOnly(history.get(0).id());
    assertThat(history).extracting(Alert::updatedAt).doesNotHaveDuplicates().isSorted();
    assertThat(history.get(history.size() - 1).severity()).isEqualTo(Alert.Severity.CRITICAL);
  }

  static Stream<Arguments> harmless() {
    return Stream.of(
        Arguments.of("steady at the limit", sampled(m -> 990)),
        Arguments.of("a start-up that ends", sampled(m -> 300 + 600 * (1 - Math.exp(-m / 2)))),
        Arguments.of("a sawtooth", sampled(m -> 500 + 50 * (m % 9))),
        Arguments.of("one step", sampled(m -> m < 20 ? 300 : 850)),
        Arguments.of("slow growth", sampled(m -> 850 + m / 2)),
        Arguments.of("growth far from the limit", sampled(m -> 100 + 5 * m)),
        Arguments.of("spikes", sampled(m -> Math.round(m * 6) % 7 == 0 ? 990 : 300)));
  }

  private static DoubleFunction<Sample> sampled(DoubleFunction<? extends Number> mib) {
    return minute -> LIMITED.at(minute, mib.apply(minute).doubleValue());
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("harmless")
  void nothingIsToldOf(String what, DoubleFunction<Sample> sampled) {
    Followed followed = new Followed().take(0, 120, sampled);

    assertThat(followed.history()).isEmpty();
    assertThat(followed.outcomes()).containsOnlyKeys(LimitStep.Outcome.COUNTED);
  }

  @Test
  void withoutALimitThereIsNothingToRunInto() {
    Worker free = LIMITED.withLimit(Optional.empty());
    Worker v1 = LIMITED.withLimit(Optional.of(new Bytes(0x7ffffffffffff000L)));

    assertThat(new Followed().take(0, 60, m -> free.at(m, 300 + 10 * m)).outcomes())
        .containsOnlyKeys(LimitStep.Outcome.NO_LIMIT);
    assertThat(new Followed().take(0, 60, m -> v1.at(m, 300 + 10 * m)).history()).isEmpty();
  }

  @Test
  void containerOfSeveralProcessesRunsOutBeforeAnyOfThem() {
    Followed followed =
        new Followed()
            .take(0, 60, m -> LIMITED.at(m, 100 + 2 * m, Optional.of(bytes(700 + 3 * m))));

    Alert alert = assertThat(followed.told()).singleElement().actual();
    assertThat(alert.title()).startsWith("the container of orders is out of memory in ");
    assertThat(alert.advice())
        .endsWith(
            " Every process of the container that grows with it tells this: look first at the one"
                + " whose own resident memory grows fastest.");
    assertThat(Followed.value(alert, "memory")).isGreaterThan((double) bytes(800).count());
  }

  @Test
  void pageCacheThatFillsTheContainerIsNoReason() {
    Followed full =
        new Followed().take(0, 60, m -> LIMITED.at(m, 100 + m / 4, Optional.of(bytes(999))));
    Followed filling =
        new Followed().take(0, 60, m -> LIMITED.at(m, 100, Optional.of(bytes(200 + 13 * m))));

    assertThat(full.history()).isEmpty();
    assertThat(filling.history()).isEmpty();
  }

  @Test
  void itResolvesWhenGrowthStops() {
    Followed followed =
        new Followed().take(0, 30, Worker::growing).take(30, 70, m -> LIMITED.at(m, 840));

    Alert alert = assertThat(followed.told()).singleElement().actual();
    assertThat(alert.resolvedAt()).hasValueSatisfying(at -> assertThat(at).isAfter(time(30)));
  }

  @Test
  void limitThatIsRaisedResolvesIt() {
    Worker raised = LIMITED.withLimit(Optional.of(Bytes.ofMebi(8000)));
    Followed followed =
        new Followed().take(0, 30, Worker::growing).take(30, 32, m -> raised.at(m, 750 + 3 * m));

    assertThat(followed.told())
        .singleElement()
        .extracting(Alert::state)
        .isEqualTo(Alert.State.RESOLVED);
  }
}
