package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MultipleTest {

  @ParameterizedTest
  @CsvSource({
    "PT0S, 3",
    "PT10S, 3",
    "PT0.999999999S, 2147483647",
    "PT86400S, 2147483647",
    "PT-0.000000001S, 3",
    "PT-1.5S, 7",
    "PT1.5S, -7",
    "PT1.5S, 0"
  })
  void isWhatDurationsOwnIs(Duration duration, int times) {
    assertThat(Multiple.of(duration, times)).isEqualTo(duration.multipliedBy(times));
  }

  @Test
  void whatIsTooLongIsRefused() {
    assertThatThrownBy(() -> Multiple.of(Duration.ofSeconds(Long.MAX_VALUE), 2))
        .isInstanceOf(ArithmeticException.class);
  }
}
