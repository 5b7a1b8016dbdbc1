package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a process shows alone, and what its service says of it. */
class JointVerdictTest {

  private static final Instant AT = Shop.at(100);
  private static final Growth ALONE = Lived.growth(1e6);
  private static final Growth TOGETHER = Lived.growth(2e6);
  private static final LeakVerdict LEAKING = new LeakVerdict.Leaking(ALONE);

  private final LeakLife unheard = LeakLife.begin(Shop.PROCESS);

  @Test
  void whatIsALeakAloneIsSuspectedUntilTheServiceHasSpoken() {
    assertThat(JointVerdict.of(unheard, LEAKING)).isEqualTo(new LeakVerdict.Suspect(ALONE));
    assertThat(JointVerdict.heldBack(unheard, LEAKING)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Stand.Kind.class)
  void serviceThatKnowsOfNoLeakHoldsItBackAndSaysWhy(Stand.Kind kind) {
    LeakLife life = unheard.with(word(kind, Optional.empty()));

    assertThat(JointVerdict.of(life, LEAKING)).isEqualTo(new LeakVerdict.Suspect(ALONE));
    assertThat(JointVerdict.heldBack(life, LEAKING)).isEqualTo(kind.words());
  }

  @Test
  void leakOfTheServiceIsTheProcesses() {
    LeakLife life = unheard.with(word(Stand.Kind.BEYOND, Optional.of(TOGETHER)));

    assertThat(JointVerdict.of(life, LEAKING)).isEqualTo(new LeakVerdict.Leaking(TOGETHER));
    assertThat(JointVerdict.of(life, new LeakVerdict.Steady()))
        .isEqualTo(new LeakVerdict.Leaking(TOGETHER));
    assertThat(JointVerdict.heldBack(life, LEAKING)).isEmpty();
  }

  @Test
  void leakThatIsToldIsNotHeldBack() {
    OpenLeak.Told told =
        new OpenLeak.Told(AT, ALONE, ServiceWord.Sharing.ALONE, Footprint.ofKib(1, 0));
    LeakLife life =
        unheard
            .with(word(Stand.Kind.COVERED, Optional.empty()))
            .with(Optional.of(new OpenLeak(AT, "1", true, told)));

    assertThat(JointVerdict.of(life, LEAKING)).isEqualTo(LEAKING);
    assertThat(JointVerdict.heldBack(life, LEAKING)).isEmpty();
  }

  @Test
  void whatIsNoLeakAloneIsItsOwn() {
    LeakVerdict suspect = new LeakVerdict.Suspect(ALONE);
    LeakLife life = unheard.with(word(Stand.Kind.COVERED, Optional.empty()));

    assertThat(JointVerdict.of(life, suspect)).isEqualTo(suspect);
    assertThat(JointVerdict.heldBack(life, suspect)).isEmpty();
  }

  @Test
  void whatIsUnknownStaysUnknownWhateverTheServiceSays() {
    LeakVerdict unknown = new LeakVerdict.Unknown(LeakVerdict.Reason.NO_READING);
    LeakLife life = unheard.with(word(Stand.Kind.BEYOND, Optional.of(TOGETHER)));

    assertThat(JointVerdict.of(life, unknown)).isEqualTo(unknown);
  }

  private static ServiceWord word(Stand.Kind kind, Optional<Growth> leak) {
    return new ServiceWord(
        "web-1/4242",
        0,
        AT,
        leak,
        false,
        new Stand(kind, 1, 1),
        ServiceWord.Sharing.ALONE,
        Optional.empty(),
        Footprint.ofKib(1, 0));
  }
}
