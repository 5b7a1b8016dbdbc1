package dev.hognose.leak;

import static dev.hognose.leak.ServiceLives.cache;
import static dev.hognose.leak.ServiceLives.flat;
import static dev.hognose.leak.ServiceLives.leak;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the lives of a service say of each. */
class ServiceDetectorTest {

  @Test
  void cacheThatFilledInAnEarlierLifeIsHeldBackInTheNext() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 14, cache(250, 7)).life(place, 14.1, 14, cache(270, 7));
    }

    JudgedService judged = JudgedService.of(lives);

    assertThat(judged.events()).isEmpty();
    assertThat(judged.word("a").stand().kind()).isEqualTo(Stand.Kind.COVERED);
  }

  @Test
  void processThatStartsAfterItsPeersIsCoveredByTheirPlateau() {
    ServiceLives lives =
        new ServiceLives()
            .life("a", 0, 24, cache(200, 6))
            .life("b", 0, 24, cache(200, 6))
            .life("late", 12, 12, cache(200, 6));

    assertThat(JudgedService.of(lives).accused()).isEmpty();
  }

  @Test
  void oneProcessThatGrowsWhereItsPeersRestIsToldSoonerThanAlone() {
    ServiceLives lives =
        new ServiceLives()
            .life("a", 0, 12, flat())
            .life("b", 0, 12, flat())
            .life("c", 0, 12, flat())
            .life("tenant", 0, 12, leak(20));

    JudgedService judged = JudgedService.of(lives);

    assertThat(judged.accused()).containsExactly("tenant");
    ServiceEvent onset = judged.onsets().get(0);
    assertThat(ServiceLives.hour(onset.event())).isBetween(3.0, 4.0);
    ServiceWord word = judged.word("tenant");
    assertThat(word.stand().kind()).isEqualTo(Stand.Kind.BEYOND);
    assertThat(word.stand().times()).isGreaterThan(6);
    assertThat(word.sharing().rising()).isEqualTo(1);
    assertThat(judged.history().leak("tenant").orElseThrow().slope().bytesPerHour())
        .isCloseTo(20 * ServiceLives.MIB, within(1e6));
  }

  @Test
  void growthInEveryProcessSinceOneDeployIsToldSoonerThanAlone() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c", "d")) {
      lives.life(place, 0, 12, flat()).life(place, 12, 10, leak(20));
    }

    JudgedService judged = JudgedService.of(lives);

    assertThat(judged.accused()).containsExactly("a", "b", "c", "d");
    assertThat(judged.onsets())
        .allSatisfy(onset -> assertThat(ServiceLives.hour(onset.event())).isBetween(15.0, 16.5));
    assertThat(judged.words().values()).allMatch(word -> word.sharing().rising() == 4);
  }

  @Test
  void firstFillInEveryProcessIsWaitedOutLongerThanAlone() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c", "d")) {
      lives.life(place, 0, 20, cache(300, 9.5));
    }

    assertThat(JudgedService.of(lives).accused()).isEmpty();
    assertThat(lives.accusedAlone()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void cachesThatFillEverSlowerAreNoLeak() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 48, hour -> 30 * Math.log1p(hour / 0.5));
    }

    assertThat(JudgedService.of(lives).accused()).isEmpty();
  }

  /** A day's traffic, and a deploy between its evening and its morning. */
  private static ServiceLives morningsAfterEvenings(double mibPerHour) {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives
          .life(place, 0, 12, hour -> Math.max(0, 60 - 8 * hour))
          .life(place, 12.1, 12, leak(mibPerHour));
    }
    return lives;
  }

  @Test
  void whatLivesHaveGivenBackIsNoLeakWhenItRisesAgain() {
    ServiceLives lives = morningsAfterEvenings(7);

    assertThat(JudgedService.of(lives).accused()).isEmpty();
    assertThat(lives.accusedAlone()).containsExactly("a", "b", "c");
  }

  @Test
  void growthBeyondWhatLivesHaveGivenBackIsALeak() {
    assertThat(JudgedService.of(morningsAfterEvenings(20)).accused())
        .containsExactly("a", "b", "c");
  }

  @Test
  void leakInEveryLifeFromTheStartIsToldInTheSecondLife() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 8, leak(15)).life(place, 8, 8, leak(15));
    }

    JudgedService judged = JudgedService.of(lives);

    assertThat(judged.accused()).containsExactly("a", "b", "c");
    assertThat(ServiceLives.hour(judged.onsets().get(0).event())).isBetween(12.0, 15.0);
  }

  @Test
  void leakInLivesTooShortToShowItIsToldByTheirSum() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b")) {
      double from = 0;
      for (double hours : new double[] {3.5, 1.4, 3.2, 1.6, 3.6, 1.2, 3.3, 3.5}) {
        lives.life(place, from, hours, leak(60));
        from += hours;
      }
    }

    assertThat(JudgedService.of(lives).accused()).containsExactly("a", "b");
    assertThat(lives.accusedAlone()).isEmpty();
  }

  @Test
  void manyTimesALittleIsNoReasonForHaste() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 9, flat());
    }
    lives.life("busy", 0, 9, cache(22, 6));

    assertThat(JudgedService.of(lives).accused()).isEmpty();
  }

  @Test
  void growthThatARestartDoesNotFreeIsLoad() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 8, leak(15)).life(place, 8, 8, hour -> 120 + 15 * hour);
    }

    assertThat(JudgedService.of(lives).accused()).isEmpty();
  }

  @Test
  void leakOnTopOfAShortWarmUpIsNotCoveredForLong() {
    ServiceLives lives = new ServiceLives();
    for (String place : List.of("a", "b", "c", "d")) {
      lives
          .life(place, 0, 14, cache(200, 0.5))
          .life(place, 14, 16, hour -> cache(200, 0.5).applyAsDouble(hour) + 5 * hour);
    }

    assertThat(JudgedService.of(lives).accused()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void verdictIsTakenBackWhenTheLifeComesToRest() {
    ServiceLives lives =
        new ServiceLives()
            .life("a", 0, 24, flat())
            .life("b", 0, 24, flat())
            .life("c", 0, 24, cache(200, 8));

    JudgedService judged = JudgedService.of(lives);

    assertThat(judged.events()).hasSize(2);
    assertThat(judged.events().get(1).event()).isInstanceOf(LeakEvent.Clear.class);
    assertThat(ServiceLives.hour(judged.events().get(1).event())).isBetween(10.0, 14.0);
    assertThat(judged.history().leak("c")).isEmpty();
  }

  @Test
  void leakStandsOverARestart() {
    ServiceLives lives =
        new ServiceLives()
            .life("a", 0, 8, flat())
            .life("b", 0, 8, flat())
            .life("c", 0, 6, leak(30))
            .life("c", 6, 2, leak(30));

    JudgedService judged = JudgedService.of(lives);

    assertThat(judged.onsets()).hasSize(1);
    assertThat(judged.history().leak("c")).isPresent();
  }
}
