package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakPolicyTest {

  @Test
  void presetsHaveNames() {
    assertThat(Stream.of("early", "fast", "balanced", "pager", "strict").map(LeakPresets::named))
        .containsExactly(
            LeakPolicy.EARLY,
            LeakPolicy.FAST,
            LeakPolicy.BALANCED,
            LeakPolicy.PAGER,
            LeakPolicy.STRICT);
    assertThat(LeakPresets.named(" Strict")).isEqualTo(LeakPolicy.STRICT);
  }

  @Test
  void unknownNameIsAnsweredWithTheKnownOnes() {
    assertThatThrownBy(() -> LeakPresets.named("lenient"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected one of early, fast, balanced, pager, strict");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 99, 86_400_001})
  void bucketMustBeOfUse(long ms) {
    assertThatThrownBy(() -> LeakPolicy.BALANCED.withBucket(Duration.ofMillis(ms)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("expected a bucket of 100ms to 1d, got " + ms + "ms");
  }

  @Test
  void everyTimeIsAMultipleOfTheBucket() {
    LeakPolicy second = LeakPolicy.BALANCED.withBucket(Duration.ofSeconds(1));

    assertThat(LeakPolicy.BALANCED.graceMs()).isEqualTo(90_000);
    assertThat(second.graceMs()).isEqualTo(750);
    assertThat(second.silenceMs()).isEqualTo(30_000);
    assertThat(second.hoursPerBucket(5)).isEqualTo(LeakPolicy.BALANCED.hoursPerBucket(5));
    assertThat(second.realHoursPerBucket(5)).isCloseTo(32 / 3600.0, within(1e-15));
  }

  @Test
  void withoutALimitRoomIsAssumed() {
    assertThat(LeakPolicy.BALANCED.roomKib(500, 900)).isEqualTo(500);
    assertThat(LeakPolicy.BALANCED.roomKib(0, 900)).isEqualTo(1 << 20);
    assertThat(LeakPolicy.BALANCED.roomKib(0, 1 << 20)).isEqualTo(4 << 20);
  }
}
