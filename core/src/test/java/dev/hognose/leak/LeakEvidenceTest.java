package dev.hognose.leak;

import static dev.hognose.leak.Shop.at;
import static dev.hognose.leak.Shop.event;
import static dev.hognose.leak.Shop.retention;
import static dev.hognose.leak.Shop.site;
import static dev.hognose.leak.Shop.thrownAway;
import static dev.hognose.leak.Shop.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import dev.hognose.sample.StackProfile;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is kept of what a process says about where its memory goes. */
class LeakEvidenceTest {

  private static final Frame FRAME = new Frame("/srv/a.py", 1, "f");

  @Test
  void lastSixWindowsAreKeptInTheirOrder() {
    LeakEvidence evidence = LeakEvidence.NONE;
    for (int time : new int[] {30, 10, 80, 20, 70, 40, 60, 50}) {
      evidence = evidence.and(event(at(time), window(site(FRAME, time))));
    }

    assertThat(evidence.windows())
        .extracting(LeakEvidence.Window::at)
        .containsExactly(at(30), at(40), at(50), at(60), at(70), at(80));
    assertThat(evidence.newest()).isEqualTo(at(80));
  }

  @Test
  void tenFastestHoldersAreKeptAndOfEachTheLastWord() {
    LeakEvidence evidence = LeakEvidence.NONE;
    for (int n = 1; n <= 12; n++) {
      evidence = evidence.and(event(at(n), retention("h%02d".formatted(n), n)));
    }
    evidence = evidence.and(event(at(20), retention("h05", 99)));
    evidence = evidence.and(event(at(19), retention("h05", 1)));
    evidence = evidence.and(event(at(21), retention("h04", 6)));

    assertThat(evidence.retention())
        .extracting(Retention::name)
        .containsExactly("h05", "h12", "h11", "h10", "h09", "h08", "h07", "h04", "h06", "h03");
    assertThat(evidence.newest()).isEqualTo(at(21));
  }

  @Test
  void whatSaysNothingOfItLeavesItAsItIs() {
    LeakEvidence evidence = LeakEvidence.NONE;

    assertThat(evidence.and(event(at(1), retention("shop.settings", 0)))).isSameAs(evidence);
    assertThat(evidence.and(event(at(1), new Stopped(Stopped.Reason.EXIT, 0)))).isSameAs(evidence);
    assertThat(evidence.newest()).isEqualTo(Instant.MIN);
  }

  @Test
  void whatWasThrownAwayWasNotTraced() {
    LeakEvidence evidence = LeakEvidence.NONE;
    for (int n = 1; n <= 6; n++) {
      evidence = evidence.and(event(at(n), window(site(FRAME, n))));
    }

    assertThat(evidence.and(event(at(7), thrownAway()))).isSameAs(evidence);
    assertThat(evidence.and(event(at(7), window())).newest())
        .as("read, and empty")
        .isEqualTo(at(7));
  }

  @Test
  void containersComeBeforeTypesHoweverFastTheseGrow() {
    LeakEvidence evidence =
        LeakEvidence.NONE
            .and(event(at(1), retention("shop.models.Order", Retention.Kind.TYPE, 9_000)))
            .and(event(at(2), retention("shop.CARTS", 5)))
            .and(event(at(3), retention("shop.models.Item", Retention.Kind.TYPE, 12_000)));

    assertThat(evidence.retention())
        .extracting(Retention::name)
        .containsExactly("shop.CARTS", "shop.models.Item", "shop.models.Order");
  }

  @ParameterizedTest
  @CsvSource({"9, 0", "10, 1", "19, 1", "20, 2"})
  void whatWasKnownThenIsWhatHadBeenSaid(int end, int known) {
    LeakEvidence evidence =
        LeakEvidence.NONE
            .and(event(at(10), window(site(FRAME, 1))))
            .and(event(at(20), retention("shop.CARTS", 7)))
            .until(at(end));

    assertThat(evidence.windows().size() + evidence.holders().size()).isEqualTo(known);
  }

  @Test
  void ofAWindowTheLargestSitesAreKept() {
    AllocationGrowth.Site[] sites = new AllocationGrowth.Site[12];
    for (int n = 0; n < sites.length; n++) {
      sites[n] = site(new Frame("/srv/a.py", n, "f"), 1 + (n * 5) % 12);
    }

    LeakEvidence evidence = LeakEvidence.NONE.and(event(at(1), window(sites)));

    assertThat(evidence.windows().get(0).sites())
        .extracting(each -> each.bytes().count() >> 10)
        .isEqualTo(List.of(12L, 11L, 10L, 9L, 8L, 7L, 6L, 5L, 4L, 3L));
  }

  /** What happens to a process, and whether it bears on its memory. */
  static Stream<Arguments> events() {
    return Stream.of(
        Arguments.of(new Stopped(Stopped.Reason.EXIT, 0), true),
        Arguments.of(window(), true),
        Arguments.of(retention("shop.CARTS", 7), true),
        Arguments.of(new StackProfile(Duration.ofMinutes(1), 1, List.of(), false), false));
  }

  @ParameterizedTest
  @MethodSource("events")
  void endsWindowsAndHoldersBearOnMemory(Event.What what, boolean concerns) {
    assertThat(LeakWatch.concerns(event(at(1), what))).isEqualTo(concerns);
  }

  @Test
  void aHolderIsKnownByItsNameAndItsKind() {
    Retention module = retention("shop.CARTS", 5);
    Retention attribute =
        new Retention(
            "shop.CARTS",
            Retention.Kind.CLASS_ATTRIBUTE,
            1,
            9,
            module.sampleBytes(),
            module.hits(),
            module.misses(),
            module.maxSize(),
            "");
    LeakEvidence both = LeakEvidence.NONE.and(event(at(1), module)).and(event(at(2), attribute));

    assertThat(both.retention()).containsExactly(attribute, module);
  }
}
