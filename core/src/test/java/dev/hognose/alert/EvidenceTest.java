package dev.hognose.alert;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EvidenceTest {

  @ParameterizedTest
  @CsvSource({
    "13107200, bytes, 12.5 MiB",
    "0, bytes, 0 B",
    "-5, bytes, -5 bytes",
    "1.046, seconds, 1.05 s",
    "1, seconds, 1.00 s",
    "0.046, seconds, 46.0 ms",
    "0.0174, ratio, 1.7 %",
    "0.1, ratio, 10 %",
    "0.42, ratio, 42 %",
    "7, count, 7",
    "7.25, count, 7.250",
    "0.5, hours, 30 min",
    "40.2, hours, 40 h",
    "2, hours, 2 h",
    "0, hours, 0 min",
    "-1, hours, none left",
    "1767225600, unix_seconds, 2026-01-01T00:00:00Z",
    "NaN, bytes_per_hour, NaN",
    "3, '', 3",
    "3, furlongs, 3 furlongs",
  })
  void isWrittenForPeople(double value, String unit, String written) {
    assertThat(new Evidence("what", value, unit).figure()).isEqualTo(written);
  }
}
