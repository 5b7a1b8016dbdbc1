package dev.hognose.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopBlockPolicyTest {

  private static final Duration TEN_MINUTES = Duration.ofMinutes(10);
  private static final Duration SECOND = Duration.ofSeconds(1);

  @Test
  void everyNumberCanBeSetByItsName() {
    assertThat(LoopBlockPolicy.DEFAULT.with("hard", "500ms"))
        .isEqualTo(new LoopBlockPolicy(Duration.ofMillis(500), 0.01, 2, TEN_MINUTES, 1_000));
    assertThat(LoopBlockPolicy.DEFAULT.with("quiet", "5m"))
        .isEqualTo(new LoopBlockPolicy(SECOND, 0.01, 2, Duration.ofMinutes(5), 1_000));
    assertThat(LoopBlockPolicy.DEFAULT.with("share", "5%"))
        .isEqualTo(new LoopBlockPolicy(SECOND, 0.05, 2, TEN_MINUTES, 1_000));
    assertThat(LoopBlockPolicy.DEFAULT.with("share_blocks", "3"))
        .isEqualTo(new LoopBlockPolicy(SECOND, 0.01, 3, TEN_MINUTES, 1_000));
    assertThat(LoopBlockPolicy.DEFAULT.with("most_culprits", "7"))
        .isEqualTo(new LoopBlockPolicy(SECOND, 0.01, 2, TEN_MINUTES, 7));
  }

  @ParameterizedTest
  @CsvSource({
    "hart, 1s, 'expected one of hard, share, share_blocks, quiet, most_culprits'",
    "hard, soon, 'expected a duration such as 500ms, 10s or 5m'",
    "hard, 0s, 'hard=PT0S: expected longer than 0'",
    "share, much, 'expected a ratio such as 0.01 or 1%'",
    "share, 2, 'share=2.0: expected above 0, at most 1'",
    "share, NaN, 'share=NaN: expected above 0, at most 1'",
    "share_blocks, 1.5, 'expected an integer'",
    "most_culprits, 0, 'mostCulprits=0: expected 1 or more'",
  })
  void whatCannotBeIsRefused(String name, String value, String message) {
    assertThatThrownBy(() -> LoopBlockPolicy.DEFAULT.with(name, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }
}
