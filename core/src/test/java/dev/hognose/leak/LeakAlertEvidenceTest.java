package dev.hognose.leak;

import static dev.hognose.leak.Shop.LONG;
import static dev.hognose.leak.Shop.PLANTED;
import static dev.hognose.leak.Shop.STOPPED;
import static dev.hognose.leak.Shop.at;
import static dev.hognose.leak.Shop.event;
import static dev.hognose.leak.Shop.leaking;
import static dev.hognose.leak.Shop.retention;
import static dev.hognose.leak.Shop.sample;
import static dev.hognose.leak.Shop.site;
import static dev.hognose.leak.Shop.thrownAway;
import static dev.hognose.leak.Shop.window;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Where the memory goes joins the alert, whenever it is read, and stays small. */
class LeakAlertEvidenceTest {

  private final Watched watched = new Watched();

  @Test
  void sitesBeforeAndAfterTheOnsetJoinTheAlert() {
    watched.leak(0, 40);
    watched.take(event(at(40), window(site(PLANTED, 900), site(frame(9), 4_000))));
    watched.leak(40, LONG);
    assertThat(watched.last().sites()).isEmpty();
    assertThat(watched.last().culprit()).isEmpty();
    assertThat(watched.last().advice()).startsWith("No site has grown in two traced windows yet");

    watched.take(event(at(LONG), window(site(PLANTED, 900))));

    Alert alert = watched.last();
    assertThat(alert.culprit()).contains(PLANTED);
    assertThat(alert.sites().get(0).bytes()).isEqualTo(new Bytes(1_800 << 10));
    assertThat(alert.updatedAt()).isEqualTo(at(LONG));
    assertThat(alert.advice())
        .isEqualTo(
            "Look at what keeps the objects alive that are allocated in grow (shop/faults.py:23):"
                + " 1.5 GiB/h survives there, 22 % of the growth, seen in 2 traced windows.");
    assertThat(alert.sites()).hasSize(1);
    assertThat(alert.evidence())
        .extracting(Evidence::name)
        .contains("traced_windows", "site_slope", "site_share");
  }

  @Test
  void theContainerThatHoldsItJoinsTheAlert() {
    watched.leak(0, LONG);
    watched.take(event(at(LONG), retention("shop.SMALL", 10)));
    watched.take(event(at(LONG + 1), retention("shop.faults.CARTS", 36_000)));
    watched.take(event(at(LONG + 2), retention("shop.settings", 0)));

    Alert alert = watched.last();
    assertThat(alert.retention())
        .extracting("name")
        .containsExactly("shop.faults.CARTS", "shop.SMALL");
    assertThat(alert.advice())
        .endsWith(
            "shop.faults.CARTS holds 12,000 entries and grows by 36,000 an hour; where it has an"
                + " alert of its own, that is the same growth, counted in entries.");
  }

  @Test
  void windowsThatWereThrownAwayChangeNothing() {
    watched.leak(0, LONG);
    watched.take(event(at(LONG), window(site(PLANTED, 900))));
    watched.take(event(at(LONG + 1), window(site(PLANTED, 900))));
    Alert traced = watched.last();
    for (int n = 2; n < 9; n++) {
      watched.take(event(at(LONG + n), thrownAway()));
    }

    assertThat(traced.culprit()).contains(PLANTED);
    assertThat(watched.last()).isEqualTo(traced);
  }

  @Test
  void whereAllWindowsWereThrownAwayNothingWasTraced() {
    watched.leak(0, LONG);
    watched.take(event(at(LONG), thrownAway()));
    watched.leak(LONG, 2 * LONG);

    assertThat(watched.last().advice())
        .startsWith("Nothing was traced yet")
        .endsWith("tells that windows were thrown away, raise HOGNOSE_PAUSE_BUDGET.");
  }

  /** Ten caches fill at the start; what leaks is slower by far and comes an hour later. */
  @Test
  void containersThatCameToRestMakeRoomForThoseThatGrow() {
    watched.leak(0, 20);
    for (int n = 20; n < 32; n++) {
      watched.take(event(at(n), retention("shop.WARM" + n, 500_000)));
    }
    watched.leak(20, LONG);
    assertThat(watched.last().retention()).hasSize(10);

    watched.take(event(at(LONG + 4 * 3_600), retention("shop.CARTS", 2_000)));

    assertThat(watched.last().retention()).extracting("name").containsExactly("shop.CARTS");
  }

  @Test
  void ofATypeItIsToldHowManyMoreThereAre() {
    watched.leak(0, LONG);
    watched.take(event(at(LONG), retention("shop.models.Order", Retention.Kind.TYPE, 5_000)));

    assertThat(watched.last().advice())
        .endsWith(" Of shop.models.Order there are 5,000 more an hour, 12,000 in all.");
  }

  @Test
  void eventsMayBeReadBeforeOrAfterTheSamplesOfTheirTime() {
    List<Event> events = new ArrayList<>();
    for (int n = 20; n < LONG; n += 40) {
      events.add(event(at(n), window(site(PLANTED, 900), site(frame(n), 2_000))));
      events.add(event(at(n + 1), retention("shop.faults.CARTS", n)));
    }
    events.add(STOPPED);
    Watched inOrder = new Watched();
    interleave(inOrder, events, 0);

    for (int delay = -40; delay <= 40; delay += 10) {
      Watched other = new Watched();
      interleave(other, events, delay);
      assertThat(other.told()).isEqualTo(inOrder.told());
    }
    assertThat(inOrder.last().sites()).hasSize(1);
  }

  @Test
  void hostileEvidenceStaysSmall() {
    List<AllocationGrowth.Site> sites = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      sites.add(
          new AllocationGrowth.Site(
              Collections.nCopies(900, new Frame("\n".repeat(9_000), i, "f")),
              new Bytes(Long.MAX_VALUE),
              Long.MAX_VALUE));
    }
    sites.add(new AllocationGrowth.Site(List.of(), Bytes.ZERO, 0));
    watched.leak(0, LONG);
    for (int i = 0; i < 50; i++) {
      watched.take(event(at(LONG + i), window(sites.toArray(AllocationGrowth.Site[]::new))));
      watched.take(event(at(LONG + i), retention("x".repeat(10_000) + i, Double.MAX_VALUE)));
    }

    Alert alert = watched.last();
    assertThat(alert.sites()).hasSize(10);
    assertThat(alert.sites().get(0).frames()).hasSize(12);
    assertThat(alert.sites().get(0).bytes()).isEqualTo(new Bytes(Long.MAX_VALUE));
    assertThat(alert.retention()).hasSize(10);
    assertThat(alert.retention().get(0).name()).hasSize(300);
  }

  /** Samples in order, each event so many samples after its own time. */
  private static void interleave(Watched watched, List<Event> events, int delay) {
    List<Event> waiting = new ArrayList<>(events);
    for (int n = 0; n <= LONG; n++) {
      Sample sample = leaking(n);
      for (Event event : List.copyOf(waiting)) {
        if (!event.at().isAfter(at(Math.max(0, n - delay))) && !event.equals(STOPPED)) {
          watched.take(event);
          waiting.remove(event);
        }
      }
      watched.take(sample);
    }
    Collections.shuffle(waiting, new Random(delay));
    waiting.forEach(watched::take);
  }

  private static Frame frame(int line) {
    return new Frame("/srv/shop/warm.py", line, "warm");
  }
}
