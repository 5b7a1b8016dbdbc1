package dev.hognose.app.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.app.console.Output;
import dev.hognose.wire.AlertCodec;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerificationTest {

  private static final Instant T0 = Instant.parse("2024-05-01T11:00:00Z");
  private static final Optional<String> ORDERS = Optional.of("orders");

  @Test
  void whatWasWithdrawnLiveAndAgainIsAlikeOfAService() {
    List<Telling> told = List.of(fired("a", "orders"), withdrawn("a"));

    assertThat(alike(told, told, ORDERS)).isTrue();
    assertThat(alike(told, List.of(withdrawn("a")), ORDERS)).isTrue();
    assertThat(alike(List.of(withdrawn("a")), told, ORDERS)).isTrue();
  }

  @Test
  void whatWasWithdrawnOnlyLiveIsADifferenceOfAService() {
    List<Telling> fired = List.of(fired("a", "orders"));
    List<Telling> withdrawn = List.of(fired("a", "orders"), withdrawn("a"));

    assertThat(alike(withdrawn, fired, ORDERS)).isFalse();
    assertThat(alike(fired, withdrawn, ORDERS)).isFalse();
  }

  @Test
  void whatIsOfAnotherServiceIsNotLookedAt() {
    List<Telling> another = List.of(fired("b", "mail"), withdrawn("b"), fired("c", "mail"));

    assertThat(alike(another, List.of(), ORDERS)).isTrue();
    assertThat(alike(another, List.of(), Optional.empty())).isFalse();
  }

  private static boolean alike(
      List<Telling> held, List<Telling> replayed, Optional<String> service) {
    return Verification.of(held, replayed, service).tell(new Output(new ByteArrayOutputStream()));
  }

  private static Telling withdrawn(String id) {
    return new Telling(id, T0.plusSeconds(60), Optional.empty());
  }

  private static Telling fired(String id, String service) {
    Alert alert =
        new Alert(
            id,
            Alert.Kind.SILENT_PROCESS,
            Alert.State.FIRING,
            Alert.Severity.WARNING,
            service,
            Optional.empty(),
            "",
            T0,
            T0,
            Optional.empty(),
            service + " is ill",
            List.of(),
            Optional.empty(),
            "",
            List.of(),
            List.of(),
            List.of(),
            "",
            1);
    return new Telling(id, T0, Optional.of(new AlertCodec().encode(alert)));
  }
}
