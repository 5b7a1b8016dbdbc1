package dev.hognose.leak;

import static dev.hognose.leak.Shop.LONG;
import static dev.hognose.leak.Shop.STOPPED;
import static dev.hognose.leak.Shop.at;
import static dev.hognose.leak.Shop.leaking;
import static dev.hognose.leak.Shop.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Sample;
import dev.hognose.sample.SilencePolicy;
import org.junit.jupiter.api.Test;

/** A leak whose process ends, falls silent or comes back. */
class LeakEndsTest {

  private static final SilencePolicy SILENCE = SilencePolicy.DEFAULT;

  /** Samples that a process must miss to count as silent: 20 s of them. */
  private static final int GAP = 80;

  private final Watched watched = new Watched();

  @Test
  void anEndThatIsSaidResolvesTheAlert() {
    watched.leak(0, LONG).take(STOPPED);

    assertThat(watched.last().resolvedAt()).contains(STOPPED.at());
    assertThat(watched.trends().get(watched.trends().size() - 1).reason()).isEqualTo("stopped");
  }

  @Test
  void silenceResolvesTheAlertWhenThePatienceForItIsOver() {
    watched.leak(0, LONG).silence();

    assertThat(watched.last().resolvedAt()).contains(SILENCE.silentAt(leaking(LONG - 1)));
    assertThat(watched.trends().get(watched.trends().size() - 1).reason()).startsWith("silent");
  }

  @Test
  void aGapIsToldTheSameWithAndWithoutATimer() {
    watched.leak(0, LONG).silence().take(leaking(LONG + GAP));
    Watched unseen = new Watched().leak(0, LONG).take(leaking(LONG + GAP));

    assertThat(unseen.history()).isEqualTo(watched.history());
    assertThat(unseen.history())
        .extracting(Alert::state)
        .endsWith(Alert.State.RESOLVED, Alert.State.FIRING);
  }

  @Test
  void aLeakThatIsBackAfterAGapKeepsItsAlert() {
    watched.leak(0, LONG);
    Alert before = watched.last();
    watched.take(leaking(LONG + GAP));

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().firedAt()).isEqualTo(before.firedAt());
    assertThat(watched.last().updatedAt()).isEqualTo(at(LONG + GAP));
  }

  @Test
  void aProcessThatIsHeldBackForSecondsIsNotSilent() {
    watched.leak(0, LONG);
    int before = watched.history().size();
    watched.leak(LONG + GAP - 2, LONG + GAP + LONG);

    assertThat(watched.history().subList(before, watched.history().size()))
        .extracting(Alert::state)
        .containsOnly(Alert.State.FIRING);
    assertThat(watched.told()).hasSize(1);
  }

  @Test
  void silenceThatWasNoneIsTakenBack() {
    watched.leak(0, LONG).silence();
    Alert resolved = watched.last();
    watched.take(leaking(LONG));

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().state()).isEqualTo(Alert.State.FIRING);
    assertThat(watched.last().updatedAt()).isEqualTo(resolved.updatedAt());
    assertThat(watched.leak(LONG + 1, LONG + 1).take(STOPPED).last())
        .isEqualTo(new Watched().leak(0, LONG + 1).take(STOPPED).last());
  }

  @Test
  void anEndThatIsReadBeforeTheLastSamplesChangesNothing() {
    Watched early = new Watched().leak(0, LONG - 4).take(STOPPED).leak(LONG - 4, LONG + 1);
    watched.leak(0, LONG + 1).take(STOPPED);

    assertThat(early.told()).isEqualTo(watched.told());
  }

  @Test
  void aProcessThatWasGoneForHoursIsJudgedFromTheBeginning() {
    watched.leak(0, LONG);
    int later = LONG + 4 * 7_300;
    watched.take(leaking(later)).take(leaking(later + 1));

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(watched.trends().get(watched.trends().size() - 1).verdict())
        .isEqualTo(Trend.Verdict.WARMING);
  }

  @Test
  void oneSampleThatIsHoursAheadForgetsNothing() {
    watched.leak(0, LONG);
    int before = watched.history().size();
    watched.take(leaking(LONG + 4 * 7_300)).leak(LONG, LONG + 8);

    assertThat(watched.history().subList(before, watched.history().size()))
        .extracting(Alert::state)
        .doesNotContain(Alert.State.RESOLVED);
    assertThat(watched.trends().get(watched.trends().size() - 1).verdict())
        .isEqualTo(Trend.Verdict.LEAKING);
  }

  @Test
  void clockThatIsSetBackIsFollowedAndTheLeakStands() {
    Watched watched = new Watched().leak(0, LONG);
    int before = watched.trends().size();
    for (int n = 0; n < 60; n++) {
      Sample sample = Shop.leaking(LONG + n);
      watched.take(Shop.at(sample, sample.at().minusSeconds(7_200)));
    }

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().state()).isEqualTo(Alert.State.FIRING);
    assertThat(watched.trends().subList(before, watched.trends().size()))
        .allMatch(trend -> trend.verdict() == Trend.Verdict.LEAKING);
    watched.silence();
    assertThat(watched.last().resolvedAt())
        .contains(SILENCE.silentAt(leaking(LONG + 59)).minusSeconds(7_200));
  }
}
