package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessIdTest {

  private static final Instant STARTED = Instant.parse("2026-03-01T08:00:00.123Z");
  private static final Instant EARLIEST = Instant.parse("2015-01-01T00:00:00Z");
  private static final Instant LATEST = Instant.parse("2200-01-01T00:00:00Z");

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

  @ParameterizedTest
  @ValueSource(longs = {1, 999_999_999_999_999_999L, 1_000_000_000_000_000_000L, Long.MAX_VALUE})
  void everyPidThatAProcessMayHaveIsReadAgain(long pid) {
    ProcessId process = new ProcessId("orders", "web-1", pid, STARTED);

    assertThat(ProcessId.parse(process.key())).isEqualTo(process);
    assertThat(ProcessId.parse(process.key()).pid()).isEqualTo(pid);
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-1", "\u2028", " ", "größe", "\ud83d\udc0d", "\\E.*"})
  void everyHostThatAProcessMayHaveIsReadAgain(String host) {
    for (Instant started : new Instant[] {STARTED, EARLIEST, LATEST}) {
      ProcessId process = new ProcessId("orders", host, 42, started);

      assertThat(ProcessId.parse(process.key())).isEqualTo(process);
      assertThat(ProcessId.parse(process.key()).host()).isEqualTo(host);
    }
  }

  @Test
  void refusesWhatCannotBeAProcess() {
    assertThatThrownBy(() -> new ProcessId("", "web-1", 42, STARTED))
        .hasMessage("service: expected a name, got nothing");
    assertThatThrownBy(() -> new ProcessId("x".repeat(201), "web-1", 42, STARTED))
        .hasMessage("service of 201 characters: expected at most 200");
    assertThatThrownBy(() -> new ProcessId("shop\u001b[2J", "web-1", 42, STARTED))
        .hasMessage("service: expected no control characters");
    assertThatThrownBy(() -> new ProcessId("shop", "", 42, STARTED))
        .hasMessage("host: expected a name, got nothing");
    assertThatThrownBy(() -> new ProcessId("shop", "web/1", 42, STARTED))
        .hasMessage("host=web/1: expected no slash");
    assertThatThrownBy(() -> new ProcessId("shop", "/", 42, STARTED))
        .hasMessage("host=/: expected no slash");
    assertThatThrownBy(() -> new ProcessId("shop", "web-1", 0, STARTED))
        .hasMessage("pid=0: expected a positive number");
    assertThatThrownBy(() -> new ProcessId("shop", "web-1", 42, Instant.EPOCH))
        .hasMessage("started_at_ms=0: expected milliseconds since 1970, in 2015 to 2200");
  }

  @ParameterizedTest
  @ValueSource(strings = {"orders/web-1/42/1772352000123", "shop/orders/web-1/42/1772352000123"})
  void aKeyIsReadAsItWasWritten(String key) {
    ProcessId process = ProcessId.parse(key);

    assertThat(process).hasToString(key);
    assertThat(process.host()).isEqualTo("web-1");
    assertThat(process.pid()).isEqualTo(42);
    assertThat(process.startedAt()).isEqualTo(STARTED);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "orders",
        "orders/web-1/42",
        "orders/web-1/x/1772352000123",
        "orders/web-1/9223372036854775808/1772352000123",
        "orders/web-1/42/9223372036854775808",
        "//42/1"
      })
  void whatIsNoKeyIsRefused(String key) {
    assertThatThrownBy(() -> ProcessId.parse(key))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("process=" + key + ": expected service/host/pid/started_at_ms");
  }

  @Test
  void eachPartTellsProcessesApart() {
    ProcessId process = new ProcessId("shop", "web-1", 42, STARTED);

    assertThat(process)
        .isEqualTo(new ProcessId("shop", "web-1", 42, STARTED))
        .hasSameHashCodeAs(new ProcessId("shop", "web-1", 42, STARTED))
        .isNotEqualTo(new ProcessId("shop", "web-1", 43, STARTED))
        .isNotEqualTo(new ProcessId("shop", "web-2", 42, STARTED))
        .isNotEqualTo(new ProcessId("shop", "web-1", 42, STARTED.plusMillis(1)))
        .doesNotHaveSameHashCodeAs(new ProcessId("shop", "web-1", 43, STARTED));
  }

  @Test
  void theLongestNamesAreAllowed() {
    ProcessId process = new ProcessId("s".repeat(200), "h".repeat(255), 1, STARTED);

    assertThat(process.service()).hasSize(200);
    assertThat(process.host()).hasSize(255);
  }
}
