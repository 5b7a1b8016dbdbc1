package dev.hognose.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.service.LoopTime;
import dev.hognose.service.ProcessMinute;
import dev.hognose.service.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of lag without a block on both sides of its number. */
class LagTablesTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final Waits NONE =
      new Waits(Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO);
  private static final Duration QUIET = LoopLagPolicy.DEFAULT.quiet();

  private final LoopLagWatch watch = new LoopLagWatch(LoopLagPolicy.DEFAULT);
  private LagEpisodes episodes = LagEpisodes.none("orders", LagCause.GIL);
  private final List<Alert> history = new ArrayList<>();

  /** Of a process in one minute, with the mean lag of so many beats. */
  private static ProcessMinute minute(int process, int number, long beats, long meanMs) {
    return minute(process, number, beats, meanMs, NONE);
  }

  private static ProcessMinute minute(
      int process, int number, long beats, long meanMs, Waits waits) {
    Duration excess = Duration.ofMillis(meanMs).multipliedBy(beats);
    Duration late = excess.plusSeconds(3);
    Histogram lag = Histogram.of(new long[] {0, 0, 0, 0, 0, 0, 0, beats}, late.toMillis() / 1000.0);
    return new ProcessMinute(
        new ProcessId("orders", "web-1", 100 + process, T0),
        "1.4." + process,
        T0.plusSeconds(60L * number),
        Duration.ofMinutes(1),
        new LoopTime(Duration.ofMinutes(1), lag, late, Duration.ofSeconds(3), excess),
        waits,
        Duration.ofSeconds(5),
        Bytes.ofMebi(100),
        Bytes.ofMebi(90),
        0);
  }

  private LoopLagStep take(ProcessMinute minute) {
    return keep(watch.next(episodes, minute));
  }

  private LoopLagStep keep(LoopLagStep step) {
    episodes = step.episodes();
    history.addAll(step.alerts());
    return step;
  }

  private Alert last() {
    return history.get(history.size() - 1);
  }

  @ParameterizedTest
  @CsvSource({"60, 20, true", "60, 19, false", "59, 500, false", "600, 20, true"})
  void aMinuteIsLateFromAMeanOn(long beats, long meanMs, boolean late) {
    assertThat(watch.cause(minute(1, 0, beats, meanMs)).isPresent()).isEqualTo(late);
  }

  /** Of 12 s of lag half must be explained; who waits for a collection waits for the GIL, too. */
  @ParameterizedTest
  @CsvSource({
    "6000, 0, 0, 0, GIL",
    "5999, 0, 0, 0, UNEXPLAINED",
    "9000, 6000, 9000, 9000, GC",
    "11998, 5999, 0, 0, UNEXPLAINED",
    "11999, 5999, 0, 0, GIL",
    "9000, 0, 6000, 0, STARVED",
    "9000, 0, 0, 60000, GIL",
    "5999, 0, 0, 6000, STARVED",
    "0, 0, 1, 60000, UNEXPLAINED",
    "0, 0, 5999, 5999, UNEXPLAINED",
  })
  void theCauseIsWhatExplainsHalf(
      long gilMs, long gcMs, long queueMs, long throttledMs, LagCause cause) {
    Waits waits =
        new Waits(
            Duration.ofMillis(gilMs),
            Duration.ofMillis(gcMs),
            Duration.ofMillis(queueMs),
            Duration.ofMillis(throttledMs));

    assertThat(watch.cause(minute(1, 0, 600, 20, waits))).contains(cause);
  }

  /** Five minutes of two processes were told with the fourth: of which process the next is. */
  @ParameterizedTest
  @CsvSource({"'1', 3", "'3', 3", "'3,4', 4"})
  void twiceAsManyProcessesAreNews(String processes, int said) {
    for (int number = 0; number < 5; number++) {
      take(minute(1 + number % 2, number, 600, 40));
    }
    for (String process : processes.split(",", -1)) {
      take(minute(Integer.parseInt(process), 5, 600, 40));
    }

    assertThat(history).hasSize(said);
  }

  /** Minutes of one process: the second, fourth and eighth are twice as many as were told. */
  @Test
  void lessThanTwiceAsMuchIsNone() {
    List<Integer> said = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      take(minute(1, number, 600, 40));
      said.add(history.size());
    }

    assertThat(said).containsExactly(1, 2, 2, 3, 3, 3, 3, 4);
  }

  @ParameterizedTest
  @CsvSource({"79, 3", "80, 4"})
  void aMinuteTwiceAsBadIsNews(long meanMs, int said) {
    for (int number = 0; number < 4; number++) {
      take(minute(1, number, 600, 40));
    }
    take(minute(1, 4, 600, meanMs));

    assertThat(history).hasSize(said);
  }

  @Test
  void theAlertHasTheFiguresOfAllItsMinutes() {
    Waits waits =
        new Waits(
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(4));
    take(minute(2, 1, 600, 30, waits));
    take(minute(1, 0, 600, 40, waits));

    assertThat(last().evidence())
        .containsExactly(
            new Evidence("minutes", 2, "count"),
            new Evidence("processes", 2, "count"),
            new Evidence("worst_mean_lag", 0.04, "seconds"),
            new Evidence("lag_p99", 0.05, "seconds"),
            new Evidence("lag", 42, "seconds"),
            new Evidence("lag_of_blocks", 6, "seconds"),
            new Evidence("gil_wait", 30, "seconds"),
            new Evidence("gc_pauses", 2, "seconds"),
            new Evidence("run_queue", 4, "seconds"),
            new Evidence("throttled", 8, "seconds"),
            new Evidence("first_seen", T0.getEpochSecond(), "unix_seconds"),
            new Evidence("last_seen", T0.getEpochSecond() + 120.0, "unix_seconds"));
    assertThat(last().version()).isEqualTo("1.4.1");
    assertThat(last().firedAt()).isEqualTo(T0.plusSeconds(60));
    assertThat(last().processesAffected()).isEqualTo(2);
    assertThat(last().severity()).isEqualTo(Alert.Severity.WARNING);
  }

  @ParameterizedTest
  @EnumSource(LagCause.class)
  void eachCauseIsNamedAndAdvisedOn(LagCause cause) {
    LoopLagStep step = watch.next(LagEpisodes.none("orders", cause), minute(1, 0, 600, 40));

    Alert alert = assertThat(step.alerts()).singleElement().actual();
    assertThat(alert.title())
        .isEqualTo("orders: event loop runs what is due 40 ms late in the mean " + cause.words());
    assertThat(alert.cause()).isEqualToIgnoringCase(cause.name());
    assertThat(alert.advice())
        .contains(
            switch (cause) {
              case GIL -> "keep the GIL";
              case GC -> "gc.freeze()";
              case STARVED -> "CPU quota";
              case UNEXPLAINED -> "too short to be a block";
            });
  }

  /** Ten minutes without a late minute part two alerts; the minute between makes them one. */
  @Test
  void aMinuteBetweenTwoEpisodesMakesThemOne() {
    take(minute(1, 0, 600, 40));
    take(minute(1, 11, 600, 40));
    assertThat(episodes.all()).hasSize(2);

    LoopLagStep joined = take(minute(2, 6, 600, 40));

    assertThat(episodes.all()).singleElement().extracting(LagEpisode::minutes).isEqualTo(3L);
    assertThat(joined.withdrawn()).hasSize(1);
    assertThat(joined.alerts())
        .singleElement()
        .satisfies(alert -> assertThat(alert.firedAt()).isEqualTo(T0.plusSeconds(60)));
  }

  @ParameterizedTest
  @CsvSource({"10, 1", "11, 2"})
  void episodesAreApartFromTheQuietTimeOn(int number, int apart) {
    take(minute(1, 0, 600, 40));
    take(minute(1, number, 600, 40));

    assertThat(episodes.all()).hasSize(apart);
  }

  @Test
  void whatIsOverIsSaidOnceAndComesBackUnderItsId() {
    take(minute(1, 0, 600, 40));
    assertThat(watch.quietAt(episodes)).isEqualTo(T0.plusSeconds(60).plus(QUIET));
    keep(watch.quiet(episodes));
    Alert over = last();
    assertThat(keep(watch.quiet(episodes)).alerts()).isEmpty();
    assertThat(over.resolvedAt()).contains(T0.plusSeconds(60).plus(QUIET));

    take(minute(1, 5, 600, 40));

    assertThat(last().id()).isEqualTo(over.id());
    assertThat(last().state()).isEqualTo(Alert.State.FIRING);
    assertThat(last().updatedAt()).isEqualTo(over.updatedAt());
  }

  @Test
  void theEarliestOfTooManyEpisodesIsForgotten() {
    for (int number = 0; number < 20; number++) {
      take(minute(1, 60 * number, 600, 40));
    }

    assertThat(episodes.all()).hasSize(16);
    assertThat(episodes.all().get(0).extent().from()).isEqualTo(T0.plus(Duration.ofHours(4)));
    assertThat(episodes.newest()).isEqualTo(T0.plus(Duration.ofMinutes(60 * 19 + 1)));
    assertThat(LagEpisodes.none("orders", LagCause.GC).newest()).isEqualTo(Instant.MIN);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 60, 0.5, PT10M, 'lag=PT0S: expected longer than 0'",
    "PT0.02S, 0, 0.5, PT10M, 'leastBeats=0: expected 1 or more'",
    "PT0.02S, 60, 0, PT10M, 'explains=0.0: expected above 0, at most 1'",
    "PT0.02S, 60, 1.01, PT10M, 'explains=1.01: expected above 0, at most 1'",
    "PT0.02S, 60, 0.5, PT0S, 'quiet=PT0S: expected 1 ms or longer'",
  })
  void whatCannotBeIsRefused(
      Duration lag, int leastBeats, double explains, Duration quiet, String said) {
    assertThatThrownBy(() -> new LoopLagPolicy(lag, leastBeats, explains, quiet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(said);
  }

  @Test
  void whatJustCanBeIsTaken() {
    Duration shortest = Duration.ofMillis(1);

    assertThat(new LoopLagPolicy(shortest, 1, 1, shortest).leastBeats()).isEqualTo(1);
    assertThat(new LoopLagPolicy(shortest, 1, 1, Duration.ofHours(1)).withQuiet(shortest))
        .isEqualTo(new LoopLagPolicy(shortest, 1, 1, shortest));
  }
}
