package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.Finding.Strength;
import dev.hognose.sample.GrowthRate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the findings of all levels mean together, and what a restart leaves of it. */
class JudgementTest {

  private static final LeakPolicy POLICY = LeakPolicy.BALANCED;

  /** Resident floors before, the new one, and whether it can be no other than another process. */
  @ParameterizedTest
  @CsvSource({
    "1000 1000 1000, 719, true",
    "1000 1000 1000, 720, false",
    "1000 1000, 100, false",
    "1000 900 1000, 700, false",
    "900 1000 1000 1000 1000 1000, 700, false",
    "900 1000 1000 1000 1000 1000 1000, 700, true"
  })
  void aFloorFarBelowTheLastOnesIsAnotherProcess(String floors, int floor, boolean isAnother) {
    Ring ring = Ring.EMPTY;
    for (String each : floors.split(" ", -1)) {
      int kib = Integer.parseInt(each);
      ring = ring.append(new Floor(ring.newest() + 1, kib, kib), 6);
    }
    Judgement judgement = with(new Level(ring, Floor.NONE, Finding.NOTHING));

    assertThat(judgement.looksLikeAnotherLife(new Floor(99, floor, floor))).isEqualTo(isAnother);
    assertThat(judgement.looksLikeAnotherLife(new Floor(99, floor, 1_000))).isFalse();
    assertThat(judgement.looksLikeAnotherLife(new Floor(99, 1_000, floor))).isFalse();
  }

  /** Strengths by level, finest first, and which level's growth is told. */
  @ParameterizedTest
  @CsvSource({
    "GROWING GROWING, 1",
    "SUSPECT GROWING, 0",
    "GROWING SUSPECT, 1",
    "SUSPECT SUSPECT SUSPECT, 2"
  })
  void strongestFindingIsToldAndOfEqualsThatOfTheWidestLevel(String strengths, double level) {
    List<Level> levels = new ArrayList<>();
    for (String each : strengths.split(" ", -1)) {
      Finding finding =
          new Finding(
              Strength.valueOf(each),
              Optional.of(CandidateBuilder.grown(4, 0.1).slope(levels.size()).build()));
      levels.add(new Level(Ring.EMPTY, Floor.NONE, finding));
    }

    LeakVerdict verdict = with(levels.toArray(Level[]::new)).verdict(POLICY);

    Growth told =
        verdict instanceof LeakVerdict.Suspect suspect
            ? suspect.growth()
            : ((LeakVerdict.Growing) verdict).growth();
    assertThat(told.slope().bytesPerHour()).isEqualTo(level);
    assertThat(verdict instanceof LeakVerdict.Suspect).isEqualTo(strengths.contains("SUSPECT"));
  }

  /** Evidence and credit in policy hours, and the credit of the life that follows. */
  @ParameterizedTest
  @CsvSource({"3, 2, 5", "9, 5, 12", "0, 8, 4", "0, 0, 0", "12, 0, 12"})
  void evidenceOfALifeIsCreditForTheNext(double evidence, double credit, double next) {
    Judgement ended =
        new Judgement(
            List.of(Level.EMPTY),
            evidence,
            credit,
            GrowthRate.ZERO,
            Optional.empty(),
            OptionalLong.of(7),
            OptionalLong.of(8));

    Judgement restarted = ended.restarted(12);

    assertThat(restarted.creditHours()).isEqualTo(next);
    assertThat(restarted.evidenceHours()).isZero();
    assertThat(restarted.clearedAtMs()).isEmpty();
    assertThat(restarted.risingSinceMs()).isEmpty();
    assertThat(ended.withoutFloors().creditHours()).isEqualTo(credit);
  }

  @Test
  void whenAllGrowthHasEndedItWasTestedAllTheSame() {
    assertThat(Finding.UNTESTED.settled()).isEqualTo(Finding.UNTESTED);
    assertThat(Finding.NOTHING.settled()).isEqualTo(Finding.NOTHING);
    assertThat(
            new Finding(
                    Strength.SUSPECT, Optional.of(CandidateBuilder.grown(4, 0.1).slope(1).build()))
                .settled())
        .isEqualTo(Finding.NOTHING);
  }

  private static Judgement with(Level... levels) {
    return new Judgement(
        List.of(levels),
        0,
        0,
        GrowthRate.ZERO,
        Optional.empty(),
        OptionalLong.empty(),
        OptionalLong.empty());
  }
}
