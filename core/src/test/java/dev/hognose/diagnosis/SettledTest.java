package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** From behind a reading to the end of its window, both included. */
class SettledTest {

  private static final Instant BEGINNING = Instant.ofEpochMilli(1_700_000_000_000L);
  private static final Duration WINDOW = Duration.ofSeconds(10);

  @ParameterizedTest
  @CsvSource({
    "3999, false",
    "4000, false",
    "4001, true",
    "9999, true",
    "10000, false",
    "-1, false"
  })
  void holdsTheRestOfTheWindow(long milliseconds, boolean isCovered) {
    Settled rest = Settled.of(Reading.of(BEGINNING.plusSeconds(4), 1, Map.of(), Map.of()), WINDOW);

    assertThat(rest.covers(BEGINNING.plusMillis(milliseconds))).isEqualTo(isCovered);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "4, 4001", "9, 9001"})
  void beginsBehindTheReading(long second, long fromMs) {
    Settled rest =
        Settled.of(Reading.of(BEGINNING.plusSeconds(second), 1, Map.of(), Map.of()), WINDOW);

    assertThat(rest)
        .isEqualTo(
            new Settled(
                BEGINNING.toEpochMilli() + fromMs, BEGINNING.plus(WINDOW).toEpochMilli() - 1));
  }
}
