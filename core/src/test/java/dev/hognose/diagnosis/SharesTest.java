package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Shares of the time that the collector takes, or the container's quota, on both sides. */
class SharesTest {

  private static final int WINDOWS = 3;
  private static final SharePolicy POLICY = new SharePolicy(0.05, WINDOWS);
  private static final Diagnosis COLLECTOR = new GcPressure(POLICY);
  private static final Diagnosis QUOTA = new CpuThrottled(POLICY);

  /** Seconds of each window of ten, and how many readings there are. */
  @ParameterizedTest
  @CsvSource({"0.5, 4, true", "0.49, 4, false", "0.5, 3, false", "5, 5, true"})
  void areToldFromTheirLimitOn(double seconds, int readings, boolean isTold) {
    History collecting = new Readings().total(Figure.GC_SECONDS, seconds).history(readings);
    History throttled = new Readings().total(Figure.THROTTLED_SECONDS, seconds).history(readings);

    assertThat(COLLECTOR.signs(collecting).isEmpty()).isEqualTo(!isTold);
    assertThat(QUOTA.signs(throttled).isEmpty()).isEqualTo(!isTold);
  }

  /** The window that counts for less is that many before the last. */
  @ParameterizedTest
  @CsvSource({"0, false", "1, false", "2, false", "3, true", "4, true"})
  void eachOfTheLastWindowsMustBeOne(int before, boolean isTold) {
    List<Reading> readings = new Readings().level(Figure.THREADS, 1).history(6).readings();
    History history = new History(readings, Named.NONE, HotThreads.NONE);
    Reading ends = readings.get(readings.size() - 1 - before);

    assertThat(history.always(WINDOWS, span -> !span.to().equals(ends))).isEqualTo(isTold);
  }

  @Test
  void collectorIsToldWithItsFullCollections() {
    Readings readings = new Readings().total(Figure.GC_SECONDS, 2);

    Sign known =
        COLLECTOR.signs(readings.total(Figure.FULL_COLLECTIONS, 7).history(WINDOWS + 1)).get(0);

    assertThat(known.phrase()).isEqualTo("garbage collection takes 20 % of the time");
    assertThat(known.weight()).isEqualTo(4);
    assertThat(known.evidence())
        .startsWith(new Evidence("paused", 0.2, "ratio"))
        .contains(new Evidence("full_collections", 21, "count"));
  }

  @Test
  void collectionsThatNobodyCountedAreNone() {
    History history = new Readings().total(Figure.GC_SECONDS, 2).history(WINDOWS + 1);

    assertThat(COLLECTOR.signs(history).get(0).evidence())
        .contains(new Evidence("full_collections", 0, "count"));
  }

  @Test
  void quotaIsToldWhereItIsKnown() {
    Readings readings = new Readings().total(Figure.THROTTLED_SECONDS, 1);

    Sign unknown = QUOTA.signs(readings.history(WINDOWS + 1)).get(0);
    Sign known =
        QUOTA.signs(readings.level(Figure.CPU_LIMIT_CORES, 0.5).history(WINDOWS + 1)).get(0);

    assertThat(unknown.phrase()).isEqualTo("held back up to 10 % of the time");
    assertThat(unknown.weight()).isEqualTo(2);
    assertThat(unknown.evidence())
        .extracting(Evidence::name)
        .containsExactly("throttled", "confidence");
    assertThat(known.phrase())
        .isEqualTo("held back up to 10 % of the time by its quota of 0.5 cores");
    assertThat(known.evidence()).contains(new Evidence("quota_cores", 0.5, "count"));
  }

  /** Eight processors that stand still for four seconds of ten are 32 seconds. */
  @Test
  void noMoreThanAllOfTheTimeIsHeldBack() {
    History history = new Readings().total(Figure.THROTTLED_SECONDS, 32).history(WINDOWS + 1);

    Sign sign = QUOTA.signs(history).get(0);

    assertThat(sign.phrase()).isEqualTo("held back up to 100 % of the time");
    assertThat(sign.evidence()).contains(new Evidence("throttled", 1, "ratio"));
  }

  @Test
  void aQuotaOfNothingIsNone() {
    History history =
        new Readings()
            .total(Figure.THROTTLED_SECONDS, 1)
            .level(Figure.CPU_LIMIT_CORES, 0)
            .history(WINDOWS + 1);

    assertThat(QUOTA.signs(history).get(0).phrase()).isEqualTo("held back up to 10 % of the time");
  }
}
