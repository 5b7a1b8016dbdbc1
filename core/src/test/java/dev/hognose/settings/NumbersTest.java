package dev.hognose.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumbersTest {

  @Test
  void readsIntegers() {
    assertThat(Numbers.count(" 3 ")).isEqualTo(3);
    assertThat(Numbers.count("-2")).isEqualTo(-2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "3.0", "many", "3 000", "2147483648"})
  void refusesWhatIsNoInteger(String text) {
    assertThatThrownBy(() -> Numbers.count(text)).hasMessage("expected an integer");
  }

  @ParameterizedTest
  @CsvSource({"0.01, 0.01", "1%, 0.01", "' 250% ', 2.5", "3, 3", "0%, 0"})
  void readsRatiosAndPercents(String text, double ratio) {
    assertThat(Numbers.ratio(text)).isEqualTo(ratio);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "%", "1%%", "half", "1 in 3"})
  void refusesWhatIsNoRatio(String text) {
    assertThatThrownBy(() -> Numbers.ratio(text)).hasMessage("expected a ratio such as 0.01 or 1%");
  }
}
