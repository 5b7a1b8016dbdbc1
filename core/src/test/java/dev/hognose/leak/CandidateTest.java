package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Growth that rises, before anybody calls it a leak. */
class CandidateTest {

  private static final LeakPolicy POLICY = LeakPolicy.PAGER;
  private static final long LIMIT_KIB = 1 << 20;
  private static final double FIRST_KIB = LIMIT_KIB / 2.0;

  @ParameterizedTest
  @CsvSource({"1, 8", "0.5, 8", "2, 6", "4, 5", "1e9, 4"})
  void hoursAreThoseOfTheFasterHalf(double evenness, double hours) {
    assertThat(candidate(8, 0.1, LIMIT_KIB, evenness).hoursAtLatestPace())
        .isCloseTo(hours, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"2, 0, true", "1.99, 0.079, false", "0.1, 0.08, true"})
  void hoursOrShareAreEvidenceForTheLivesToCome(double hours, double share, boolean isEvidence) {
    assertThat(candidate(hours, share, LIMIT_KIB, 1).isEvidence(POLICY)).isEqualTo(isEvidence);
  }

  @ParameterizedTest
  @CsvSource({"1.3, 5", "1.29, 0"})
  void evidenceOfEarlierLivesCountsWhenThisOneShowsSome(double hours, double credit) {
    assertThat(candidate(hours, 0.1, LIMIT_KIB, 1).credit(5)).isEqualTo(credit);
  }

  @ParameterizedTest
  @CsvSource({"1048576, true", "1, true", "0, false"})
  void hoursToTheLimitAreToldWhereThereIsOne(long limitKib, boolean areTold) {
    Growth growth = candidate(8, 0.1, limitKib, 1).growth(POLICY, 1);

    assertThat(growth.hoursToLimit().isPresent()).isEqualTo(areTold);
  }

  @Test
  void shareIsThatOfTheRoomAndOfAMebibyteAtLeast() {
    assertThat(candidate(8, 0.1, LIMIT_KIB, 1).share(POLICY)).isCloseTo(0.1, within(1e-12));
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

  private static Candidate candidate(double hours, double share, long limitKib, double evenness) {
    GrowthRate slope = new GrowthRate(1e6);
    return new Candidate(
        Trend.Where.PYTHON,
        hours,
        share * FIRST_KIB,
        FIRST_KIB,
        limitKib,
        1,
        evenness,
        1,
        slope,
        new Trend.SlopeInterval(slope, slope),
        Instant.EPOCH,
        OptionalDouble.of(7));
  }
}
