package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import dev.hognose.alert.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pools that are too large for their quota, on both sides of each number. */
class OversubscriptionTest {

  private static final int WINDOWS = 3;
  private static final Diagnosis DIAGNOSIS =
      new Oversubscription(new OversubscriptionPolicy(2, 0.5, 0.25, 0.1, WINDOWS));

  /** Figures of each window of ten seconds. */
  @ParameterizedTest
  @CsvSource({
    "threads as many as are too many,      8, 4, 10, 2.5,  0,   true",
    "one fewer,                            7, 4, 10, 2.5,  0,   false",
    "in line for less,                     8, 4, 10, 2.4,  0,   false",
    "throttled instead,                    8, 4, 10, 0,    1,   true",
    "throttled for less,                   8, 4, 10, 0,    0.9, false",
    "busy enough,                          8, 4, 5,  1.25, 0,   true",
    "a pool that rests is in nobody's way, 8, 4, 4,  4,    4,   false",
    "a quota of no core at all,            8, 0, 10, 10,   10,  false"
  })
  void isToldOfPoolsThatAreInTheirOwnWay(
      String what,
      double threads,
      double quota,
      double cpu,
      double inLine,
      double throttled,
      boolean isTold) {
    History history =
        pools(threads, quota)
            .total(Figure.CPU_SECONDS, cpu)
            .total(Figure.RUN_QUEUE_SECONDS, inLine)
            .total(Figure.THROTTLED_SECONDS, throttled)
            .history(WINDOWS + 1);

    assertThat(DIAGNOSIS.signs(history).isEmpty()).as(what).isEqualTo(!isTold);
  }

  @Test
  void oneWindowFewerIsNotEnough() {
    assertThat(DIAGNOSIS.signs(felt().history(WINDOWS))).isEmpty();
  }

  @Test
  void withoutQuotaNobodyKnowsWhatIsTooMuch() {
    Readings readings =
        new Readings()
            .level(Figure.POOL_THREADS, 64)
            .total(Figure.CPU_SECONDS, 10)
            .total(Figure.RUN_QUEUE_SECONDS, 10);

    assertThat(DIAGNOSIS.signs(readings.history(WINDOWS + 1))).isEmpty();
  }

  @Test
  void signHasWhatItRestsOn() {
    Sign sign = DIAGNOSIS.signs(felt().history(WINDOWS + 1)).get(0);

    assertThat(sign.phrase()).isEqualTo("native pools of 16 threads on a quota of 4 cores");
    assertThat(sign.weight()).isEqualTo(2);
    assertThat(sign.evidence())
        .extracting(Evidence::name, Evidence::value)
        .containsExactly(
            tuple("pool_threads", 16.0),
            tuple("quota_cores", 4.0),
            tuple("run_queue_seconds", 0.5),
            tuple("involuntary_switches", 0.0),
            tuple("confidence", 0.75));
  }

  @Test
  void switchesAreToldWhereTheyAreKnown() {
    History history = felt().total(Figure.INVOLUNTARY_SWITCHES, 70).history(WINDOWS + 1);

    assertThat(DIAGNOSIS.signs(history).get(0).evidence())
        .contains(new Evidence("involuntary_switches", 7, "per_second"));
  }

  private static Readings pools(double threads, double quota) {
    return new Readings().level(Figure.POOL_THREADS, threads).level(Figure.CPU_LIMIT_CORES, quota);
  }

  private static Readings felt() {
    return pools(16, 4).total(Figure.CPU_SECONDS, 10).total(Figure.RUN_QUEUE_SECONDS, 5);
  }
}
