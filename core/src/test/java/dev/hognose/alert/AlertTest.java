package dev.hognose.alert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AlertTest {

  private static final Instant FIRED = Instant.parse("2026-11-20T10:00:00Z");
  private static final Instant OVER = FIRED.plusSeconds(600);

  @Test
  void aResolvedAlertIsTheSameAtItsEnd() {
    Alert firing = alert(Alert.State.FIRING, FIRED, Optional.empty());

    assertThat(firing.resolved(OVER))
        .isEqualTo(alert(Alert.State.RESOLVED, OVER, Optional.of(OVER)));
  }

  @ParameterizedTest
  @EnumSource(Alert.State.class)
  void onlyWhatIsResolvedHasAnEnd(Alert.State state) {
    Optional<Instant> wrong = state == Alert.State.RESOLVED ? Optional.empty() : Optional.of(OVER);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> alert(state, OVER, wrong))
        .withMessageStartingWith("state=" + state + " with resolved_ms ");
  }

  private static Alert alert(Alert.State state, Instant updated, Optional<Instant> resolved) {
    return new Alert(
        "id",
        Alert.Kind.TASK_LEAK,
        state,
        Alert.Severity.WARNING,
        "orders",
        Optional.empty(),
        "1.4.2",
        FIRED,
        updated,
        resolved,
        "tasks grow",
        List.of(new Evidence("tasks", 7, "count")),
        Optional.empty(),
        "cause",
        List.of(),
        List.of(),
        List.of(),
        "look",
        3);
  }
}
