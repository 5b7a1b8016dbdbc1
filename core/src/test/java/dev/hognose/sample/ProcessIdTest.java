package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdTest {

  private static final Instant STARTED = Instant.parse("2026-03-01T08:00:00.123Z");

  @Test
  void keyIsServiceHostPidAndStart() {
    assertThat(new ProcessId("shop/orders", "web-1", 42, STARTED).key())
        .isEqualTo("shop/orders/web-1/42/1772352000123");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders", "shop/orders", "a//b/", "or\u2028ders", "größe 7", "x\u2029"})
  void keyIsReadAsTheProcessThatItNames(String service) {
    ProcessId process = new ProcessId(service, "web-1", 42, STARTED);

    assertThat(ProcessId.parse(process.key())).isEqualTo(process);
    assertThat(ProcessId.parse(process.key()).service()).isEqualTo(service);
  }

  @Test
  void refusesWhatCannotBeAProcess() {
    assertThatThrownBy(() -> new ProcessId("", "web-1", 42, STARTED))
        .hasMessage("service: expected a name, got nothing");
    assertThatThrownBy(() -> new ProcessId("x".repeat(201), "web-1", 42, STARTED))
        .hasMessage("service of 201 characters: expected at most 200");
    assertThatThrownBy(() -> new ProcessId("shop\u001b[2J", "web-1", 42, STARTED))
        .hasMessage("service: expected no control characters");
    assertThatThrownBy(() -> new ProcessId("shop", "web/1", 42, STARTED))
        .hasMessage("host=web/1: expected no slash");
    assertThatThrownBy(() -> new ProcessId("shop", "web-1", 0, STARTED))
        .hasMessage("pid=0: expected a positive number");
    assertThatThrownBy(() -> new ProcessId("shop", "web-1", 42, Instant.EPOCH))
        .hasMessage("started_at_ms=0: expected milliseconds since 1970, in 2015 to 2200");
  }
}
