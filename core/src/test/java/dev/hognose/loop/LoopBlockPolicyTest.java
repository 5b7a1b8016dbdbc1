package dev.hognose.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoopBlockPolicyTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 0.01, 2, PT10M, 1000, 'hard=PT0S: expected longer than 0'",
    "PT-1S, 0.01, 2, PT10M, 1000, 'hard=PT-1S: expected longer than 0'",
    "PT1S, 0, 2, PT10M, 1000, 'share=0.0: expected above 0, at most 1'",
    "PT1S, 1.5, 2, PT10M, 1000, 'share=1.5: expected above 0, at most 1'",
    "PT1S, NaN, 2, PT10M, 1000, 'share=NaN: expected above 0, at most 1'",
    "PT1S, 0.01, 0, PT10M, 1000, 'shareBlocks=0: expected 1 or more'",
    "PT1S, 0.01, 2, PT0.0005S, 1000, 'quiet=PT0.0005S: expected 1 ms or longer'",
    "PT1S, 0.01, 2, PT10M, 0, 'mostCulprits=0: expected 1 or more'",
  })
  void whatCannotBeIsRefused(
      Duration hard, double share, int shareBlocks, Duration quiet, int mostCulprits, String said) {
    assertThatThrownBy(() -> new LoopBlockPolicy(hard, share, shareBlocks, quiet, mostCulprits))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(said);
  }

  @Test
  void oneNumberIsChangedAtATime() {
    LoopBlockPolicy usual = LoopBlockPolicy.DEFAULT;
    Duration other = Duration.ofSeconds(7);

    assertThat(usual.withHard(other))
        .isEqualTo(new LoopBlockPolicy(other, 0.01, 2, usual.quiet(), 1_000));
    assertThat(usual.withQuiet(other))
        .isEqualTo(new LoopBlockPolicy(usual.hard(), 0.01, 2, other, 1_000));
  }
}
