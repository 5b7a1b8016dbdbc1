package dev.hognose.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.fixture.LoopBlockBuilder;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class LoopBlockTest {

  private static final Instant STARTED = Instant.parse("2026-11-20T10:00:00Z");

  @Test
  void aBlockLastsUntilItsDurationIsOver() {
    LoopBlock block = LoopBlockBuilder.of(1, STARTED, Duration.ofMillis(250)).build();

    assertThat(block.until()).isEqualTo("2026-11-20T10:00:00.250Z");
    assertThat(LoopBlockBuilder.like(block).lasting(Duration.ZERO).build().until())
        .isEqualTo(STARTED);
  }

  @Test
  void whatEndsBeforeItStartsIsRefused() {
    LoopBlockBuilder before = LoopBlockBuilder.of(1, STARTED, Duration.ofMillis(-1));

    assertThatThrownBy(before::build).hasMessage("duration_ms=-1: expected none or more");
  }
}
