package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.LeakVerdict.Cleared;
import dev.hognose.leak.LeakVerdict.Growing;
import dev.hognose.leak.LeakVerdict.Leaking;
import dev.hognose.leak.LeakVerdict.Reason;
import dev.hognose.leak.LeakVerdict.Steady;
import dev.hognose.leak.LeakVerdict.Suspect;
import dev.hognose.leak.LeakVerdict.Unknown;
import dev.hognose.leak.LeakVerdict.Warming;
import dev.hognose.leak.Trend.Verdict;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class LeakVerdictTest {

  private static final Instant AT = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant SINCE = Instant.parse("2026-03-01T02:00:00Z");
  private static final GrowthRate SLOPE = new GrowthRate(3e6);
  private static final Trend.SlopeInterval INTERVAL =
      new Trend.SlopeInterval(new GrowthRate(2e6), new GrowthRate(4e6));
  private static final Growth GROWTH =
      new Growth(Trend.Where.NATIVE, SLOPE, INTERVAL, SINCE, OptionalDouble.of(7), 0.8);
  private static final ProcessId PROCESS = new ProcessId("shop", "web-1", 42, SINCE);

  @Test
  void growthIsToldWhole() {
    Trend trend = trend(new Leaking(GROWTH));

    assertThat(trend)
        .isEqualTo(
            new Trend(
                PROCESS,
                AT,
                Verdict.LEAKING,
                "",
                Optional.of(Trend.Where.NATIVE),
                SLOPE,
                Optional.of(INTERVAL),
                Optional.of(SINCE),
                OptionalDouble.of(7),
                OptionalDouble.of(0.8),
                "1.2",
                1));
    assertThat(trend(new Suspect(GROWTH)).verdict()).isEqualTo(Verdict.SUSPECT);
    assertThat(trend(new Growing(GROWTH)).verdict()).isEqualTo(Verdict.GROWING);
  }

  @Test
  void notToKnowHasAReason() {
    assertThat(trend(new Unknown(Reason.NO_READING)).verdict()).isEqualTo(Verdict.UNKNOWN);
    assertThat(trend(new Unknown(Reason.NO_READING)).reason()).isEqualTo("no usable reading yet");
    assertThat(trend(new Warming(7, 15)).verdict()).isEqualTo(Verdict.WARMING);
    assertThat(trend(new Warming(7, 15)).reason()).isEqualTo("7 of 15 floors");
  }

  @Test
  void steadyMakesNoClaims() {
    Trend steady = trend(new Steady());

    assertThat(steady.verdict()).isEqualTo(Verdict.STEADY);
    assertThat(steady.slope()).isEqualTo(GrowthRate.ZERO);
    assertThat(steady.where()).isEmpty();
    assertThat(steady.confidence()).isEmpty();
  }

  @Test
  void clearedSaysSinceWhen() {
    Trend cleared = trend(new Cleared(SINCE, SLOPE));

    assertThat(cleared.verdict()).isEqualTo(Verdict.CLEARED);
    assertThat(cleared.since()).contains(SINCE);
    assertThat(cleared.slope()).isEqualTo(SLOPE);
  }

  private static Trend trend(LeakVerdict verdict) {
    return verdict.asTrend(PROCESS, AT, "1.2");
  }
}
