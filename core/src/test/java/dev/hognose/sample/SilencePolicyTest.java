package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.fixture.SampleBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SilencePolicyTest {

  @ParameterizedTest
  @CsvSource({
    "PT0.001S, PT20S",
    "PT0.25S, PT20S",
    "PT6.666S, PT20S",
    "PT6.667S, PT20.001S",
    "PT10S, PT30S",
    "PT60S, PT180S",
    "PT1193H, PT3579H",
  })
  void patienceIsThreeIntervalsButNeverShorterThanALoadedHostHoldsAProcessBack(
      Duration interval, Duration patience) {
    assertThat(SilencePolicy.DEFAULT.patience(interval)).isEqualTo(patience);
  }

  @Test
  void aProcessIsSilentWhenItsPatienceIsOverAfterItsLastSample() {
    Instant at = Instant.parse("2026-11-20T10:00:00Z");
    ProcessId process = new ProcessId("orders", "web-1", 42, at.minusSeconds(60));
    Sample last = SampleBuilder.of(process, 1, at).interval(Duration.ofSeconds(60)).build();

    assertThat(SilencePolicy.DEFAULT.silentAt(last)).isEqualTo(at.plusSeconds(180));
  }

  @Test
  void whatCannotBeIsRefused() {
    assertThatThrownBy(() -> new SilencePolicy(0, Duration.ZERO))
        .hasMessage("intervals=0: expected 1 or more");
    assertThatThrownBy(() -> new SilencePolicy(3, Duration.ofSeconds(-1)))
        .hasMessage("least=PT-1S: expected none or more");
  }
}
