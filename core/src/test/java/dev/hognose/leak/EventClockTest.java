package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventClockTest {

  private static final ServicePolicy POLICY = ServicePolicy.DEFAULT;
  private static final long T0 = 1_763_632_800_000L;
  private static final long SECOND = 1_000;
  private static final long HOUR = 3_600 * SECOND;

  /** After a first time that is believed. */
  private static EventClock from(long first, long... times) {
    return read(EventClock.at(first), times);
  }

  private static EventClock read(EventClock before, long... times) {
    EventClock clock = before;
    for (long time : times) {
      clock = clock.and(time, POLICY);
    }
    return clock;
  }

  @Test
  void itIsTheLatestReading() {
    assertThat(from(T0, T0 + 30 * SECOND, T0 + 20 * SECOND).reachedMs())
        .isEqualTo(T0 + 30 * SECOND);
  }

  @Test
  void itIsToldInWholeBuckets() {
    assertThat(from(T0 + 119 * SECOND).reachedMs(POLICY)).isEqualTo(T0);
    assertThat(from(T0 + 120 * SECOND).reachedMs(POLICY)).isEqualTo(T0 + 120 * SECOND);
  }

  @Test
  void aClockThatIsFarAheadMovesNothingWhileOthersGoOn() {
    EventClock clock = from(T0);
    for (int n = 0; n < 1_000; n++) {
      clock =
          clock.and(T0 + n * 10L * SECOND + 24 * HOUR, POLICY).and(T0 + n * 10L * SECOND, POLICY);
    }

    assertThat(clock.reachedMs()).isEqualTo(T0 + 9_990 * SECOND);
  }

  @Test
  void afterAGapOfAllItGoesOnWithinABucket() {
    long after = T0 + 9 * HOUR;

    assertThat(from(T0, after, after + 60 * SECOND).reachedMs()).isEqualTo(T0);
    assertThat(from(T0, after, after + 60 * SECOND, after + 120 * SECOND).reachedMs())
        .isEqualTo(after + 120 * SECOND);
  }

  @Test
  void theFirstReadingsAreBelievedWhenTheyFillABucket() {
    EventClock before = read(EventClock.NONE, T0, T0 + 119 * SECOND);

    assertThat(before.reachedMs(POLICY)).isZero();
    assertThat(before.and(T0 + 120 * SECOND, POLICY)).isEqualTo(EventClock.at(T0 + 120 * SECOND));
  }

  /** A day, in either direction; read first, and again and again. */
  @ParameterizedTest
  @ValueSource(longs = {-24 * HOUR, 24 * HOUR})
  void fewWhoseClockIsWrongDoNotBeginTheTime(long wrongBy) {
    EventClock clock = read(EventClock.NONE, T0 + wrongBy);
    for (int n = 0; n < 100; n++) {
      long at = T0 + n * 10L * SECOND;
      clock = read(clock, at, at + SECOND, at + wrongBy);
    }

    assertThat(clock.reachedMs()).isBetween(T0 + 990 * SECOND, T0 + 991 * SECOND);
  }

  @Test
  void anEarlierReadingChangesNothingUnlessOthersAreDoubted() {
    EventClock clock = EventClock.at(T0);
    EventClock doubting = clock.and(T0 + 24 * HOUR, POLICY);

    assertThat(clock.and(T0 - SECOND, POLICY)).isSameAs(clock);
    assertThat(clock.and(T0, POLICY)).isSameAs(clock);
    assertThat(doubting).isNotEqualTo(clock);
    assertThat(doubting.and(T0 - SECOND, POLICY)).isEqualTo(clock);
  }

  /** Milliseconds from the first reading, and how many votes are left. */
  @ParameterizedTest
  @CsvSource({"60000, 2", "-60000, 2", "3600000, 0", "3600001, 0", "-3600000, 0", "-3600001, 0"})
  void readingsWithinAnHourOfTheFirstVoteForIt(long later, int votes) {
    EventClock clock = read(EventClock.NONE, T0).and(T0 + later, POLICY);

    assertThat(clock.votes()).isEqualTo(votes);
    assertThat(clock.reachedMs() > 0).isEqualTo(Math.abs(later) == HOUR);
  }

  @Test
  void aSingleProcessBeginsTheTimeWhateverItsClockSays() {
    assertThat(read(EventClock.NONE, T0 + 24 * HOUR, T0 + 24 * HOUR + 120 * SECOND).reachedMs())
        .isEqualTo(T0 + 24 * HOUR + 120 * SECOND);
  }

  @ParameterizedTest
  @MethodSource("clocks")
  void whatIsPackedIsUnpacked(EventClock clock) {
    assertThat(EventClock.unpack(clock.pack())).isEqualTo(clock);
  }

  static List<EventClock> clocks() {
    return List.of(EventClock.NONE, from(T0, T0 + 2 * HOUR), read(EventClock.NONE, T0, T0));
  }

  @Test
  void somethingElseIsNotUnpacked() {
    byte[] spoilt = from(T0).pack();
    spoilt[3]++;

    assertThatThrownBy(() -> EventClock.unpack(spoilt))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("event clock");
  }

  @Test
  void withAShortBucketAnHourIsStillFar() {
    ServicePolicy fast = POLICY.withBucket(Duration.ofSeconds(1));

    assertThat(EventClock.at(T0).and(T0 + HOUR, fast).reachedMs()).isEqualTo(T0 + HOUR);
    assertThat(EventClock.at(T0).and(T0 + HOUR + 1, fast).reachedMs()).isEqualTo(T0);
  }
}
