package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Figures as signs write them. */
class WordsTest {

  @ParameterizedTest
  @CsvSource({"0.004, 0.4 %", "0.0994, 9.9 %", "0.1, 10 %", "0.756, 76 %", "1.5, 150 %"})
  void percentHaveADecimalBelowTen(double ratio, String written) {
    assertThat(Words.percent(ratio)).isEqualTo(written);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0",
    "0.25, 0.25",
    "0.123456, 0.123",
    "12.345, 12.3",
    "99.94, 99.9",
    "100, 100",
    "100.4, 100",
    "1234.5, 1234",
    "1234567, 1234567",
    "-1234.4, -1234",
    "-1.2345, -1.23"
  })
  void numbersHaveThreeDigitsThatMatterAndAllBeforeThePoint(double value, String written) {
    assertThat(Words.number(value)).isEqualTo(written);
  }
}
