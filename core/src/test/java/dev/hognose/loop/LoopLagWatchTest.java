package dev.hognose.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.Sample;
import dev.hognose.service.ProcessFigures;
import dev.hognose.service.ProcessMinute;
import dev.hognose.service.Readings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopLagWatchTest {

  private final LoopLagWatch watch = new LoopLagWatch(LoopLagPolicy.DEFAULT);
  private final Map<LagCause, LagEpisodes> episodes = new LinkedHashMap<>();
  private final Map<String, Alert> told = new LinkedHashMap<>();

  @Test
  void eachCauseIsToldFromTheFiguresOfTheSameMinute() {
    assertThat(cause(each -> each.gil(20))).contains(LagCause.GIL);
    assertThat(cause(each -> each.gc(20).gil(20))).contains(LagCause.GC);
    assertThat(cause(each -> each.runQueue(20).gil(20))).contains(LagCause.STARVED);
    assertThat(cause(each -> each.throttled(20))).contains(LagCause.STARVED);
    assertThat(cause(each -> each.gil(5).gc(5).runQueue(5).throttled(5)))
        .contains(LagCause.UNEXPLAINED);
  }

  @Test
  void aLoopThatRunsInTimeIsNotTold() {
    assertThat(watch.cause(minute(new Readings(1), 0.019, each -> each.gil(50)))).isEmpty();
    assertThat(watch.cause(minute(new Readings(1), 0, each -> each.gc(50)))).isEmpty();
  }

  @Test
  void aFewMeasurementsSayNothing() {
    Readings process = new Readings(1);
    ProcessFigures first = ProcessFigures.first(process.sample()).figures();
    ProcessFigures second = first.next(process.pass(5, 0.5).sample()).figures();

    assertThat(watch.cause(second.open().orElseThrow())).isEmpty();
  }

  @Test
  void theAlertSaysHowLateAndWhy() {
    take(minute(new Readings(1), 0.05, each -> each.gil(20)));
    take(minute(new Readings(2), 0.03, each -> each.gil(15)));

    Alert alert = assertThat(told.values()).singleElement().actual();
    assertThat(alert.kind()).isEqualTo(Alert.Kind.LOOP_LAG);
    assertThat(alert.cause()).isEqualTo("gil");
    assertThat(alert.title())
        .isEqualTo(
            "orders: event loop runs what is due 50 ms late in the mean waiting for the GIL, in 2"
                + " processes");
    assertThat(alert.firedAt()).isEqualTo(Readings.T0.plusSeconds(60));
    assertThat(alert.culprit()).isEmpty();
    assertThat(alert.version()).isEqualTo("1.4.2");
    assertThat(evidence(alert, "minutes")).isEqualTo(2);
    assertThat(evidence(alert, "worst_mean_lag")).isEqualTo(0.05);
    assertThat(evidence(alert, "lag")).isEqualTo(48);
    assertThat(evidence(alert, "gil_wait")).isEqualTo(35);
  }

  @Test
  void itResolvesAfterTheQuietTimeInEventTime() {
    take(minute(new Readings(1), 0.05, each -> each.gil(20)));
    quiet();

    assertThat(told.values())
        .singleElement()
        .extracting(Alert::resolvedAt)
        .isEqualTo(Optional.of(Readings.T0.plusSeconds(60).plus(Duration.ofMinutes(10))));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
  void shuffledMinutesEndInTheSameAlerts(long seed) {
    Random random = new Random(seed);
    List<ProcessMinute> minutes = twoHours(random);
    Map<String, Alert> expected = after(minutes);
    Collections.shuffle(minutes, random);

    assertThat(expected).as("seed %s", seed).hasSizeGreaterThan(2);
    assertThat(after(minutes)).as("seed %s", seed).isEqualTo(expected);
  }

  private static List<ProcessMinute> twoHours(Random random) {
    List<ProcessMinute> minutes = new ArrayList<>();
    for (int number = 0; number < 4; number++) {
      Readings process = new Readings(number);
      ProcessFigures figures = ProcessFigures.first(process.sample()).figures();
      for (int minute = 0; minute < 120; minute++) {
        boolean late = random.nextInt(12) == 0;
        Sample sample =
            process
                .pass(60, late ? 0.1 : 0.001)
                .gil(random.nextBoolean() ? 60 : 0)
                .gc(random.nextInt(5) == 0 ? 60 : 0)
                .sample();
        ProcessFigures.Step step = figures.next(sample);
        figures = step.figures();
        step.closed().ifPresent(minutes::add);
      }
    }
    return minutes;
  }

  private static Map<String, Alert> after(List<ProcessMinute> minutes) {
    LoopLagWatchTest service = new LoopLagWatchTest();
    minutes.forEach(service::take);
    service.quiet();
    return service.told;
  }

  private Optional<LagCause> cause(UnaryOperator<Readings> waits) {
    return watch.cause(minute(new Readings(1), 0.05, waits));
  }

  /** Whose lag is 30 s in all when it is 50 ms. */
  private static ProcessMinute minute(
      Readings process, double late, UnaryOperator<Readings> waits) {
    ProcessFigures first = ProcessFigures.first(process.sample()).figures();
    return first.next(waits.apply(process.pass(60, late)).sample()).figures().open().orElseThrow();
  }

  private void take(ProcessMinute minute) {
    watch
        .cause(minute)
        .ifPresent(
            cause ->
                tell(
                    watch.next(
                        episodes.getOrDefault(cause, LagEpisodes.none("orders", cause)), minute)));
  }

  private void quiet() {
    List.copyOf(episodes.values()).forEach(each -> tell(watch.quiet(each)));
  }

  private void tell(LoopLagStep step) {
    episodes.put(step.episodes().cause(), step.episodes());
    step.withdrawn().forEach(told::remove);
    step.alerts().forEach(alert -> told.put(alert.id(), alert));
  }

  private static double evidence(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(each -> each.name().equals(name))
        .mapToDouble(Evidence::value)
        .findFirst()
        .orElseThrow();
  }
}
