package dev.hognose.leak;

import static dev.hognose.leak.CandidateBuilder.grown;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How far growth must have gone, by where it stands against other lives of its service. */
class PatienceTest {

  private static final Patience PATIENCE = Patience.DEFAULT;

  /** Where it stands, how many times as high as others, hours and share, and credit. */
  @ParameterizedTest
  @CsvSource({
    "nothing rises,                  NONE,    9,   20, 0.9,   0, false",
    "others grew as far,             COVERED, 1,   20, 0.9,   0, false",
    "a first fill takes as much,     UNKNOWN, 0,   12, 0.44,  0, false",
    "and no more,                    UNKNOWN, 0,   12, 0.45,  0, true",
    "as soon as alone,               BEYOND,  2.9, 4,  0.375, 0, true",
    "and no sooner,                  BEYOND,  2.9, 4,  0.374, 0, false",
    "far beyond it is sooner,        BEYOND,  3,   4,  0.15,  0, true",
    "but not at once,                BEYOND,  3,   4,  0.149, 0, false",
    "nearly very far,                BEYOND,  5.9, 4,  0.1,   0, false",
    "very far,                       BEYOND,  6,   4,  0.1,   0, true",
    "many times a little is little,  BEYOND,  99,  4,  0.029, 0, false",
    "and a little more is not,       BEYOND,  99,  4,  0.03,  0, true",
    "earlier lives count,            BEYOND,  1,   4,  0.03,  5, true",
    "as far as they go,              BEYOND,  1,   4,  0.03,  4.9, false",
    "of a little they say nothing,   BEYOND,  1,   4,  0.029, 5, false"
  })
  void growthIsALeakFromHereOn(
      String what,
      Stand.Kind kind,
      double times,
      double hours,
      double share,
      double credit,
      boolean isLeak) {
    Stand stand = new Stand(kind, times, 3);

    assertThat(PATIENCE.isLeak(grown(hours, share).build(), stand, credit))
        .as(what)
        .isEqualTo(isLeak);
  }

  @ParameterizedTest
  @CsvSource({"2, 0, true", "1.9, 0.07, false", "1.9, 0.08, true"})
  void evidenceIsThatOfTheSamePolicy(double hours, double share, boolean isEvidence) {
    assertThat(PATIENCE.isEvidence(grown(hours, share).build())).isEqualTo(isEvidence);
  }

  @Test
  void whatIsToldIsAsLikelyAsThePolicyIsStrict() {
    Candidate growth = grown(4, 0.3).build();

    assertThat(PATIENCE.told(growth).confidence()).isEqualTo(Confidence.of(4, 0.3, 2, 1));
    assertThat(PATIENCE.told(growth).slope()).isEqualTo(growth.slope());
  }
}
