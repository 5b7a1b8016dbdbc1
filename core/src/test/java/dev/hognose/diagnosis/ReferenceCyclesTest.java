package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Evidence;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only the collector can free, and what not even it can, on both sides of each number. */
class ReferenceCyclesTest {

  private static final int WINDOWS = 4;
  private static final Diagnosis DIAGNOSIS =
      new ReferenceCycles(new CyclesPolicy(1_000, 8, 100, WINDOWS));

  /** Growths of each of four windows. */
  @ParameterizedTest
  @CsvSource({
    "as many of as many collections, 2,   2000, 0,  true",
    "of fewer collections,           1.5, 9000, 0,  false",
    "fewer objects in each,          2,   1996, 0,  false",
    "uncollectable as many,          0,   0,    25, true",
    "uncollectable fewer,            0,   0,    24, false",
    "nothing at all,                 0,   0,    0,  false"
  })
  void isToldOfWhatIsFreedOrKept(
      String what, double collections, double freed, double uncollectable, boolean isTold) {
    History history =
        new Readings()
            .total(Figure.FULL_COLLECTIONS, collections)
            .total(Figure.FULL_COLLECTED, freed)
            .total(Figure.UNCOLLECTABLE, uncollectable)
            .history(WINDOWS + 1);

    assertThat(DIAGNOSIS.signs(history).isEmpty()).as(what).isEqualTo(!isTold);
  }

  @Test
  void whatIsFreedIsToldForEachCollection() {
    History history =
        new Readings()
            .total(Figure.FULL_COLLECTIONS, 2)
            .total(Figure.FULL_COLLECTED, 8_000)
            .history(WINDOWS + 1);

    Sign sign = DIAGNOSIS.signs(history).get(0);

    assertThat(sign.phrase())
        .isEqualTo("a full collection frees 4000 objects that refer to each other");
    assertThat(sign.weight()).isEqualTo(4);
    assertThat(sign.evidence())
        .contains(
            new Evidence("freed_a_collection", 4_000, "count"),
            new Evidence("full_collections", 8, "count"));
  }

  @Test
  void garbageThatStaysAsItIsIsNotTold() {
    assertThat(DIAGNOSIS.signs(new Readings().level(Figure.GARBAGE, 5_000).history(WINDOWS + 1)))
        .isEmpty();
  }

  /** {@code gc.garbage} is where they stay when somebody asked for it. */
  @Test
  void whatIsKeptInGarbageIsToldToo() {
    History history = new Readings().total(Figure.GARBAGE, 50).history(WINDOWS + 1);

    Sign sign = DIAGNOSIS.signs(history).get(0);

    assertThat(sign.phrase()).isEqualTo("200 more objects that the collector cannot free");
    assertThat(sign.weight()).isEqualTo(2);
    assertThat(sign.evidence())
        .contains(new Evidence("uncollectable", 0, "count"), new Evidence("garbage", 200, "count"));
  }
}
