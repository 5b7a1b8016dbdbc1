package dev.hognose.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

  @Test
  void readsEveryUnit() {
    assertThat(Durations.parse("250ms")).isEqualTo(Duration.ofMillis(250));
    assertThat(Durations.parse("10s")).isEqualTo(Duration.ofSeconds(10));
    assertThat(Durations.parse("5m")).isEqualTo(Duration.ofMinutes(5));
    assertThat(Durations.parse("2h")).isEqualTo(Duration.ofHours(2));
    assertThat(Durations.parse(" 7D ")).isEqualTo(Duration.ofDays(7));
  }

  @Test
  void readsTenYearsAndNoMore() {
    assertThat(Durations.parse("3650d")).isEqualTo(Duration.ofDays(3650));
    assertThatThrownBy(() -> Durations.parse("315360000001ms"))
        .hasMessage("expected at most 3650d");
    assertThatThrownBy(() -> Durations.parse("999999999999d")).hasMessage("expected at most 3650d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "5", "s", "-1s", "1.5s", "5 m", "PT5M", "1m30s", "99999999999999s"})
  void refusesAnythingElse(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .hasMessage("expected a duration such as 500ms, 10s or 5m");
  }
}
