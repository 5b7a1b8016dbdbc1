package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which leak stands after a word of the service. */
class ServiceWordTest {

  private static final Instant AT = Shop.at(400);
  private static final Instant FIRED = Shop.at(100);
  private static final Growth OF_ALL = Lived.growth(1e6);
  private static final Growth OWN = Lived.growth(2e6);
  private static final OwnLeak OWN_LEAK = new OwnLeak(Shop.at(200), OWN);

  /**
   * Processes, whether the service tells a leak, whether one was cleared and whether the process
   * shows one of its own; what is open: none, one of the service or one of its own. Then which
   * stands, and since which sample.
   */
  @ParameterizedTest
  @CsvSource({
    "the service tells one,                2, true,  false, true,  none,    service, 400",
    "and goes on telling it,               2, true,  false, true,  service, service, 100",
    "also of what was accused alone,       2, true,  false, true,  own,     service, 100",
    "among others it decides,              2, false, false, true,  none,    none,    0",
    "and ends what it has told,            2, false, false, true,  service, none,    0",
    "what was accused alone goes on,       2, false, false, true,  own,     own,     200",
    "until the service ends it,            2, false, true,  true,  own,     none,    0",
    "or the process itself does,           2, false, false, false, own,     none,    0",
    "alone it decides itself,              1, false, false, true,  none,    own,     200",
    "and goes on with what was told,       1, false, false, true,  service, own,     100",
    "and shows nothing,                    1, false, false, false, service, none,    0"
  })
  void oneLeakStandsOrNone(
      String what,
      int processes,
      boolean told,
      boolean cleared,
      boolean shown,
      String open,
      String stands,
      int since) {
    ServiceWord word =
        new ServiceWord(
            "web-1/7",
            0,
            AT,
            told ? Optional.of(OF_ALL) : Optional.empty(),
            cleared,
            Stand.NONE,
            new ServiceWord.Sharing(1, processes, "1.4", false),
            shown ? Optional.of(OWN_LEAK) : Optional.empty(),
            Footprint.ofKib(1, 0));

    Optional<OpenLeak> standing = word.standing(open(open), "1.5");

    assertThat(standing.isPresent()).as(what).isEqualTo(!stands.equals("none"));
    standing.ifPresent(
        leak -> {
          assertThat(leak.alone()).as(what).isEqualTo(stands.equals("own"));
          assertThat(leak.firedAt()).as(what).isEqualTo(Shop.at(since));
          assertThat(leak.told().growth()).as(what).isEqualTo(leak.alone() ? OWN : OF_ALL);
          assertThat(leak.told().at()).isEqualTo(AT);
          assertThat(leak.version()).isEqualTo("1.4");
        });
  }

  @Test
  void withoutAVersionOfTheServiceItIsThatWhichTheProcessRuns() {
    ServiceWord word = ServiceWord.alone(shown(), AT);

    assertThat(word.standing(Optional.empty(), "1.5").orElseThrow().version()).isEqualTo("1.5");
    assertThat(word.isOfPeers()).isFalse();
    assertThat(word.processKey("orders")).isEqualTo("orders/web-1/7/42");
  }

  @Test
  void aWordOnAProcessAloneHasItsOwnFigures() {
    ServiceWord word = ServiceWord.alone(shown().running("1.6"), AT);

    assertThat(word.sharing()).isEqualTo(new ServiceWord.Sharing(1, 1, "1.6", false));
    assertThat(word.ownLeak()).contains(OWN_LEAK);
    assertThat(word.footprint()).isEqualTo(Footprint.ofKib(70_000, 90_000));
    assertThat(ServiceWord.unpack(word.pack())).isEqualTo(word);
  }

  private static LifeObservation shown() {
    return new LifeObservation("web-1/7", 1, 42, true, 70_000, 1, List.of())
        .with(90_000, Optional.of(OWN_LEAK));
  }

  private static Optional<OpenLeak> open(String which) {
    OpenLeak.Told told =
        new OpenLeak.Told(FIRED, OWN, ServiceWord.Sharing.ALONE, Footprint.ofKib(1, 0));
    return which.equals("none")
        ? Optional.empty()
        : Optional.of(new OpenLeak(FIRED, "1.3", which.equals("own"), told));
  }
}
