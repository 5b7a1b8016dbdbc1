package dev.hognose.leak;

import static dev.hognose.leak.CandidateBuilder.grown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Growth that rises, before anybody calls it a leak. */
class CandidateTest {

  private static final LeakPolicy POLICY = LeakPolicy.PAGER;

  @ParameterizedTest
  @CsvSource({"1, 8", "0.5, 8", "2, 6", "4, 5", "1e9, 4"})
  void hoursAreThoseOfTheFasterHalf(double evenness, double hours) {
    assertThat(grown(8, 0.1).evenness(evenness).build().hoursAtLatestPace())
        .isCloseTo(hours, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"2, 0, true", "1.99, 0.079, false", "0.1, 0.08, true"})
  void hoursOrShareAreEvidenceForTheLivesToCome(double hours, double share, boolean isEvidence) {
    assertThat(grown(hours, share).build().isEvidence(POLICY)).isEqualTo(isEvidence);
  }

  @ParameterizedTest
  @CsvSource({"1.3, 5", "1.29, 0"})
  void evidenceOfEarlierLivesCountsWhenThisOneShowsSome(double hours, double credit) {
    assertThat(grown(hours, 0.1).build().credit(5)).isEqualTo(credit);
  }

  @ParameterizedTest
  @CsvSource({"1048576, true", "1, true", "0, false"})
  void hoursToTheLimitAreToldWhereThereIsOne(long limitKib, boolean areTold) {
    Growth growth = grown(8, 0.1).limitKib(limitKib).build().growth(POLICY, 1);

    assertThat(growth.hoursToLimit().isPresent()).isEqualTo(areTold);
  }

  @Test
  void shareIsThatOfTheRoomAndOfAMebibyteAtLeast() {
    assertThat(grown(8, 0.1).build().share(POLICY)).isCloseTo(0.1, within(1e-12));
    assertThat(Candidate.headroomKib(POLICY, 3_000, 1_976)).isEqualTo(1_024);
    assertThat(Candidate.headroomKib(POLICY, 3_000, 1_975)).isEqualTo(1_025);
    assertThat(Candidate.headroomKib(POLICY, 3_000, 9_000)).isEqualTo(1_024);
  }

  /** Each figure that speaks for a leak makes it more likely; more hours alone do not. */
  @Test
  void confidenceGrowsWithWhatSpeaksForALeak() {
    double usual = Confidence.of(4, 0.2, 1, 0.8);

    assertThat(usual).isStrictlyBetween(0.0, 1.0);
    assertThat(Confidence.of(4, 0.3, 1, 0.8)).isGreaterThan(usual);
    assertThat(Confidence.of(4, 0.2, 2, 0.8)).isGreaterThan(usual);
    assertThat(Confidence.of(4, 0.2, 1, 0.9)).isGreaterThan(usual);
    assertThat(Confidence.of(8, 0.2, 1, 0.8)).isLessThan(usual);
    assertThat(Confidence.of(4, 7, 1, 0.8)).isEqualTo(Confidence.of(4, 1, 1, 0.8));
  }
}
