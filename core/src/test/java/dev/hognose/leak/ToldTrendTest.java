package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which changes of a trend, and of a leak that is told, are worth another word. */
class ToldTrendTest {

  private static final ToldTrend BEFORE =
      told(Trend.Verdict.SUSPECT, Trend.Where.NATIVE, 1e6, 10.0, 2);

  @ParameterizedTest
  @CsvSource({
    "the same,                 SUSPECT, NATIVE, 1e6,    10,   2, false",
    "another verdict,          LEAKING, NATIVE, 1e6,    10,   2, true",
    "another place,            SUSPECT, PYTHON, 1e6,    10,   2, true",
    "half as fast again,       SUSPECT, NATIVE, 1.5e6,  10,   2, false",
    "and a little more,        SUSPECT, NATIVE, 1.51e6, 10,   2, true",
    "slower,                   SUSPECT, NATIVE, 0.6e6,  10,   2, true",
    "no limit any more,        SUSPECT, NATIVE, 1e6,    ,     2, true",
    "nearer to the limit,      SUSPECT, NATIVE, 1e6,    6.7,  2, false",
    "much nearer to the limit, SUSPECT, NATIVE, 1e6,    6.6,  2, true",
    "half as many again,       SUSPECT, NATIVE, 1e6,    10,   3, false",
    "twice as many,            SUSPECT, NATIVE, 1e6,    10,   4, true"
  })
  void whatIsMarkedlyAnotherIsTold(
      String what,
      Trend.Verdict verdict,
      Trend.Where where,
      double slope,
      Double hours,
      int sharing,
      boolean differs) {
    ToldTrend now = told(verdict, where, slope, hours, sharing);

    assertThat(BEFORE.differsFrom(now, LeakAlertPolicy.DEFAULT)).as(what).isEqualTo(differs);
    assertThat(now.differsFrom(BEFORE, LeakAlertPolicy.DEFAULT)).as(what).isEqualTo(differs);
  }

  @Test
  void aLeakIsNeverToldWithAnEarlierTime() {
    OpenLeak open = new OpenLeak(Instant.EPOCH, "1", false, at(100));

    assertThat(open.with(at(200)).told().at()).isEqualTo(at(200).at());
    assertThat(open.with(at(50)).told().at()).isEqualTo(at(100).at());
    assertThat(open.with(at(50)).told().footprint()).isEqualTo(at(50).footprint());
    assertThat(open.toldAt(at(200).at()).told().footprint()).isEqualTo(at(100).footprint());
  }

  @Test
  void aLeakThatWasFoundAnotherWayIsTheSameLeak() {
    OpenLeak open = new OpenLeak(Instant.EPOCH, "1", false, at(100));
    OpenLeak alone = new OpenLeak(Instant.MAX, "2", true, at(200));

    assertThat(open.foundAs(alone)).isEqualTo(new OpenLeak(Instant.EPOCH, "1", true, at(100)));
  }

  /** Of a process that has as many KiB. */
  private static OpenLeak.Told at(long second) {
    return new OpenLeak.Told(
        Instant.ofEpochSecond(second),
        Lived.GROWTH,
        ServiceWord.Sharing.ALONE,
        Footprint.ofKib(second, 0));
  }

  private static ToldTrend told(
      Trend.Verdict verdict, Trend.Where where, double slope, Double hours, int sharing) {
    return new ToldTrend(
        verdict,
        Optional.of(where),
        new GrowthRate(slope),
        hours == null ? OptionalDouble.empty() : OptionalDouble.of(hours),
        sharing);
  }
}
