package dev.hognose.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "2026-03-01T08:00:00Z, true",
    "2026-03-01T08:09:59.999Z, true",
    "2026-03-01T07:59:59.999Z, false",
    "2026-03-01T08:10:00Z, false",
  })
  void withinOneSlotOfTimeTheNameIsTheSame(Instant firedAt, boolean isSame) {
    Duration slot = Duration.ofMinutes(10);
    String id = AlertId.of(Alert.Kind.LOOP_BLOCK, "shop", FIRED, slot);

    assertThat(id).isEqualTo(AlertId.of(Alert.Kind.LOOP_BLOCK, "shop", FIRED));
    assertThat(AlertId.of(Alert.Kind.LOOP_BLOCK, "shop", firedAt, slot).equals(id))
        .isEqualTo(isSame);
  }
}
