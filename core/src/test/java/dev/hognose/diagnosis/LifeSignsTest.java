package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import dev.hognose.sample.SilencePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A process ends too soon, says nothing, or its clock jumps: on both sides of each number. */
class LifeSignsTest {

  private static final CrashLoop CRASH_LOOP = new CrashLoop(Duration.ofMinutes(2));
  private static final ClockSkew CLOCK_SKEW = new ClockSkew(Duration.ofSeconds(2));

  @ParameterizedTest
  @CsvSource({"0, true", "120000, true", "120001, false", "-1, false"})
  void whoEndsYoungHasEndedTooSoon(long ageMs, boolean isTold) {
    Instant started = Shop.at(0);

    assertThat(CRASH_LOOP.signs(started, started.plusMillis(ageMs), "with an exception").isEmpty())
        .isEqualTo(!isTold);
  }

  @Test
  void signOfACrashHasTheAge() {
    Sign sign = CRASH_LOOP.signs(Shop.at(0), Shop.at(2.5), "with exit code 3").get(0);

    assertThat(sign.phrase())
        .isEqualTo(
            "processes end soon after their start, the last one after 2.5 s with exit code 3");
    assertThat(sign.evidence()).startsWith(new Evidence("age", 2.5, "seconds"));
  }

  /** Of two readings, the second later by its number. */
  @ParameterizedTest
  @CsvSource({"2, 8, false", "2, 7.999, true", "1, 0, false", "2, 12, false"})
  void aClockWasSetBackWhenWhatComesLaterIsFurtherBackThanASlewTakesIt(
      long sequence, double second, boolean isSetBack) {
    Reading newest = Reading.of(Shop.at(10), 1, Map.of(), Map.of());
    Reading later = Reading.of(Shop.at(second), sequence, Map.of(), Map.of());

    assertThat(CLOCK_SKEW.isBetween(newest, later)).isEqualTo(isSetBack);
  }

  @Test
  void signOfAClockSaysByHowMuch() {
    Reading newest = Reading.of(Shop.at(10), 1, Map.of(), Map.of());
    Reading later = Reading.of(Shop.at(5), 2, Map.of(), Map.of());

    Sign sign = CLOCK_SKEW.sign(newest, later);

    assertThat(sign.phrase()).isEqualTo("its clock was set back by 5 s");
    assertThat(sign.weight()).isEqualTo(2.5);
    assertThat(sign.evidence()).startsWith(new Evidence("set_back", 5, "seconds"));
  }

  @Test
  void signOfASilenceSaysHowLongItMayBe() {
    Sign sign = new SilentProcess(SilencePolicy.DEFAULT).sign(Duration.ofSeconds(30));

    assertThat(sign.phrase())
        .isEqualTo("a process says nothing for more than 30 s and has not said that it ends");
    assertThat(sign.evidence()).startsWith(new Evidence("patience", 30, "seconds"));
  }
}
