package dev.hognose.leak;

import static dev.hognose.leak.Shop.at;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a process has ended, when it is only late, and which words concern it. */
class LeakLifeTest {

  private static final LeakLife UNHEARD = LeakLife.begin(Shop.PROCESS);

  /** Heard at sample 100 and silent from sample 180 on; it stopped, and a timer said so. */
  @ParameterizedTest
  @CsvSource({
    "it goes on,                     ,    false, ",
    "a timer says it,                ,    true,  180",
    "it said so itself,              120, false, 120",
    "both did,                       120, true,  120",
    "it said so after it was silent, 200, true,  180",
    "and no timer had seen that,     200, false, 180"
  })
  void endedWhenItsEndWasToldWhoeverToldIt(
      String what, Integer stopped, boolean silent, Integer ended) {
    LeakLife life = heard(100);
    life = stopped == null ? life : life.stopped(at(stopped));
    life = silent ? life.silenced() : life;

    assertThat(life.endedAt()).as(what).isEqualTo(Optional.ofNullable(ended).map(Shop::at));
    assertThat(life.isEndTold()).as(what).isEqualTo(ended != null);
    assertThat(life.hasEndedBefore(at(ended == null ? 999 : ended + 1))).isEqualTo(ended != null);
    assertThat(life.hasEndedBefore(at(ended == null ? 999 : ended))).isFalse();
  }

  @Test
  void whoWasNeverHeardEndsWhenItSaysSo() {
    assertThat(UNHEARD.silenced().endedAt()).isEmpty();
    assertThat(UNHEARD.stopped(at(7)).endedAt()).contains(at(7));
    assertThat(UNHEARD.patience()).isZero();
    assertThat(UNHEARD.version()).isEmpty();
    assertThat(UNHEARD.wasGoneBefore(at(999))).isFalse();
    assertThat(UNHEARD.hasReached(at(0))).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"180, , false", "181, , true", "120, 120, false", "121, 120, true"})
  void aSampleShowsThatItHadBeenGone(int sample, Integer stopped, boolean wasGone) {
    LeakLife life = stopped == null ? heard(100) : heard(100).stopped(at(stopped));

    assertThat(life.wasGoneBefore(at(sample))).isEqualTo(wasGone);
  }

  @ParameterizedTest
  @CsvSource({"180, , true", "181, , false", "120, 120, true", "121, 120, false"})
  void wordsOnALaterTimeWait(int time, Integer stopped, boolean hasReached) {
    LeakLife life = stopped == null ? heard(100) : heard(100).stopped(at(stopped));

    assertThat(life.hasReached(at(time))).isEqualTo(hasReached);
  }

  @Test
  void patienceIsThatOfTheSampleHeardLast() {
    assertThat(heard(100).patience()).isEqualTo(Duration.ofSeconds(20));
  }

  @Test
  void aLateSampleChangesNothingThatIsNewer() {
    LeakLife silent = heard(100).silenced();

    assertThat(silent.heard(sample(99)).heard()).contains(sample(100));
    assertThat(silent.heard(sample(99)).silent()).isTrue();
    assertThat(silent.heard(sample(101)).heard()).contains(sample(101));
    assertThat(silent.heard(sample(101)).silent()).isFalse();
    assertThat(silent.heard(sample(101)).version()).isEqualTo("1.4.2");
  }

  /** The clock was set back to sample 50; a word was on that sample. */
  @ParameterizedTest
  @CsvSource({"50, true", "51, false"})
  void afterAClockWasSetBackWordsOnTimesToComeAreForgotten(int word, boolean isKept) {
    LeakLife life = heard(100).with(word(0, at(word))).heardAnew(sample(50));

    assertThat(life.heard()).contains(sample(50));
    assertThat(life.word().isPresent()).isEqualTo(isKept);
  }

  /** Start that a word is of, 0 while unknown, and its time; one of sample 100 is known. */
  @ParameterizedTest
  @CsvSource({
    "its own,            0,  101, true",
    "not later,          0,  100, false",
    "a start that is its, 1, 101, true",
    "another life's,     2,  101, false"
  })
  void wordsOnAnotherLifeAndOldOnesAreNone(String what, int start, int time, boolean concerns) {
    long startMs = Shop.T0.toEpochMilli();
    long startedAtMs = start == 0 ? 0 : start == 1 ? startMs : startMs + 1;
    LeakLife life = heard(100).with(word(0, at(100)));

    assertThat(life.isConcernedBy(word(startedAtMs, at(time)))).as(what).isEqualTo(concerns);
    assertThat(heard(100).isConcernedBy(word(0, at(0)))).as("the first").isTrue();
  }

  @Test
  void sharingIsWhatTheServiceSaid() {
    assertThat(UNHEARD.sharing()).isEqualTo(ServiceWord.Sharing.ALONE);
    assertThat(UNHEARD.with(word(0, at(1))).sharing().processes()).isEqualTo(5);
  }

  @Test
  void whoIsBackHasNotEnded() {
    LeakLife gone = heard(100).stopped(at(120)).silenced();

    assertThat(gone.back().isEndTold()).isFalse();
    assertThat(gone.back().heard()).isEqualTo(gone.heard());
    assertThat(gone.back().toldTrend()).isEmpty();
  }

  private static LeakLife heard(int sample) {
    return UNHEARD.heard(sample(sample));
  }

  private static Heard sample(int number) {
    return new Heard(at(number), at(number + 80), "1.4.2", Bytes.ofMebi(100), Optional.empty());
  }

  private static ServiceWord word(long startedAtMs, Instant at) {
    return new ServiceWord(
        "web-1/4242",
        startedAtMs,
        at,
        Optional.empty(),
        false,
        Stand.NONE,
        new ServiceWord.Sharing(2, 5, "1.4", false),
        Optional.empty(),
        Footprint.ofKib(1, 0));
  }
}
