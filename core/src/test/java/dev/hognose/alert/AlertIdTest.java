package dev.hognose.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class AlertIdTest {

  private static final Instant FIRED = Instant.parse("2026-03-01T08:00:00Z");

  @Test
  void sameConditionAtTheSameTimeHasTheSameName() {
    String id = AlertId.of(Alert.Kind.MEMORY_LEAK, "shop/web-1/42/1", FIRED);

    assertThat(id).matches("[0-9a-f]{32}");
    assertThat(AlertId.of(Alert.Kind.MEMORY_LEAK, "shop/web-1/42/1", FIRED)).isEqualTo(id);
  }

  @Test
  void anythingElseHasAnother() {
    String id = AlertId.of(Alert.Kind.MEMORY_LEAK, "shop/web-1/42/1", FIRED);

    assertThat(AlertId.of(Alert.Kind.LOOP_BLOCK, "shop/web-1/42/1", FIRED)).isNotEqualTo(id);
    assertThat(AlertId.of(Alert.Kind.MEMORY_LEAK, "shop/web-1/43/1", FIRED)).isNotEqualTo(id);
    assertThat(AlertId.of(Alert.Kind.MEMORY_LEAK, "shop/web-1/42/1", FIRED.plusMillis(1)))
        .isNotEqualTo(id);
  }
}
