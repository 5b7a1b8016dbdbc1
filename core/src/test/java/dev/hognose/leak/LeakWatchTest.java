package dev.hognose.leak;

import static dev.hognose.leak.Shop.PLANTED;
import static dev.hognose.leak.Shop.at;
import static dev.hognose.leak.Shop.event;
import static dev.hognose.leak.Shop.leaking;
import static dev.hognose.leak.Shop.retention;
import static dev.hognose.leak.Shop.sample;
import static dev.hognose.leak.Shop.site;
import static dev.hognose.leak.Shop.window;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.Sample;
import dev.hognose.sample.SilencePolicy;
import dev.hognose.sample.Stopped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LeakWatchTest {

  /** Samples until the leak of the shop has been told. */
  private static final int LONG = 420;

  private static final SilencePolicy SILENCE = SilencePolicy.DEFAULT;

  /** Samples that a process must miss to count as silent: 20 s of them. */
  private static final int GAP = 80;

  private static final Event STOPPED = event(at(LONG + 1), new Stopped(Stopped.Reason.EXIT, 0));

  private final Watched watched = new Watched();

  @Test
  void aLeakFiresWithItsFigures() {
    watched.leak(0, LONG);

    assertThat(watched.told()).hasSize(1);
    Alert alert = watched.history().get(0);
    assertThat(alert.state()).isEqualTo(Alert.State.FIRING);
    assertThat(alert.kind()).isEqualTo(Alert.Kind.MEMORY_LEAK);
    assertThat(alert.process()).contains(Shop.PROCESS);
    assertThat(alert.severity()).isEqualTo(Alert.Severity.CRITICAL);
    assertThat(alert.firedAt()).isBetween(at(120), at(LONG));
    assertThat(alert.title())
        .matches("catalog leaks 7\\.\\d GiB/h in the Python heap since 10:00 UTC, limit in \\d+ s");
    assertThat(figure(alert, "slope")).isCloseTo(7_200.0 * (1 << 20), within(0.1e9));
    assertThat(figure(alert, "limit")).isEqualTo(400 << 20);
    assertThat(alert.sites()).isEmpty();
    assertThat(alert.advice()).startsWith("Nothing was traced yet");
  }

  @Test
  void verdictsAreToldWhenTheyChangeAndNotWithEverySample() {
    watched.leak(0, LONG);

    assertThat(watched.trends().get(0).verdict()).isEqualTo(Trend.Verdict.WARMING);
    assertThat(watched.trends())
        .extracting(Trend::verdict)
        .contains(Trend.Verdict.SUSPECT, Trend.Verdict.LEAKING);
    assertThat(watched.trends()).hasSizeLessThan(12);
  }

  @Test
  void aSteadyProcessIsNotAccused() {
    for (int n = 0; n < 2_000; n++) {
      watched.take(sample(n, Bytes.ofMebi(100 + n % 3)));
    }

    assertThat(watched.history()).isEmpty();
    assertThat(watched.trends())
        .extracting(Trend::verdict)
        .containsExactly(Trend.Verdict.WARMING, Trend.Verdict.STEADY);
  }

  @Test
  void theLimitThatComesNearIsToldAgain() {
    watched.leak(0, LONG + 150);

    assertThat(watched.history()).hasSizeBetween(2, 8);
    assertThat(figure(watched.last(), "hours_to_limit"))
        .isLessThan(figure(watched.history().get(0), "hours_to_limit") / 1.5);
  }

  @Test
  void growthThatStopsResolvesTheAlert() {
    watched.leak(0, LONG);
    Bytes reached = leaking(LONG).memory().rss();
    for (int n = LONG; n < LONG + 400; n++) {
      watched.take(sample(n, reached));
    }

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(watched.trends().get(watched.trends().size() - 1).verdict())
        .isIn(Trend.Verdict.CLEARED, Trend.Verdict.STEADY);
  }

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
  void anEndThatIsSaidResolvesTheAlert() {
    watched.leak(0, LONG).take(STOPPED);

    assertThat(watched.last().resolvedAt()).contains(STOPPED.at());
    assertThat(watched.trends().get(watched.trends().size() - 1).reason()).isEqualTo("stopped");
  }

  @Test
  void silenceResolvesTheAlertWhenThePatienceForItIsOver() {
    watched.leak(0, LONG).silence();

    assertThat(watched.last().resolvedAt()).contains(SILENCE.silentAt(leaking(LONG - 1)));
    assertThat(watched.trends().get(watched.trends().size() - 1).reason()).startsWith("silent");
  }

  @Test
  void aGapIsToldTheSameWithAndWithoutATimer() {
    watched.leak(0, LONG).silence().take(leaking(LONG + GAP));
    Watched unseen = new Watched().leak(0, LONG).take(leaking(LONG + GAP));

    assertThat(unseen.history()).isEqualTo(watched.history());
    assertThat(unseen.history())
        .extracting(Alert::state)
        .endsWith(Alert.State.RESOLVED, Alert.State.FIRING);
  }

  @Test
  void aLeakThatIsBackAfterAGapKeepsItsAlert() {
    watched.leak(0, LONG);
    Alert before = watched.last();
    watched.take(leaking(LONG + GAP));

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().firedAt()).isEqualTo(before.firedAt());
    assertThat(watched.last().updatedAt()).isEqualTo(at(LONG + GAP));
  }

  @Test
  void aProcessThatIsHeldBackForSecondsIsNotSilent() {
    watched.leak(0, LONG);
    int before = watched.history().size();
    watched.leak(LONG + GAP - 2, LONG + GAP + LONG);

    assertThat(watched.history().subList(before, watched.history().size()))
        .extracting(Alert::state)
        .containsOnly(Alert.State.FIRING);
    assertThat(watched.told()).hasSize(1);
  }

  @Test
  void silenceThatWasNoneIsTakenBack() {
    watched.leak(0, LONG).silence();
    Alert resolved = watched.last();
    watched.take(leaking(LONG));

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().state()).isEqualTo(Alert.State.FIRING);
    assertThat(watched.last().updatedAt()).isEqualTo(resolved.updatedAt());
    assertThat(watched.leak(LONG + 1, LONG + 1).take(STOPPED).last())
        .isEqualTo(new Watched().leak(0, LONG + 1).take(STOPPED).last());
  }

  @Test
  void anEndThatIsReadBeforeTheLastSamplesChangesNothing() {
    Watched early = new Watched().leak(0, LONG - 4).take(STOPPED).leak(LONG - 4, LONG + 1);
    watched.leak(0, LONG + 1).take(STOPPED);

    assertThat(early.told()).isEqualTo(watched.told());
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
  void aProcessThatWasGoneForHoursIsJudgedFromTheBeginning() {
    watched.leak(0, LONG);
    int later = LONG + 4 * 7_300;
    watched.take(leaking(later)).take(leaking(later + 1));

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(watched.trends().get(watched.trends().size() - 1).verdict())
        .isEqualTo(Trend.Verdict.WARMING);
  }

  @Test
  void oneSampleThatIsHoursAheadForgetsNothing() {
    watched.leak(0, LONG);
    int before = watched.history().size();
    watched.take(leaking(LONG + 4 * 7_300)).leak(LONG, LONG + 8);

    assertThat(watched.history().subList(before, watched.history().size()))
        .extracting(Alert::state)
        .doesNotContain(Alert.State.RESOLVED);
    assertThat(watched.trends().get(watched.trends().size() - 1).verdict())
        .isEqualTo(Trend.Verdict.LEAKING);
  }

  @Test
  void figuresThatCannotBeAreCountedAndChangeNothing() {
    watched.leak(0, 20);
    LeakWatch watch = new LeakWatch(LeakPolicy.BALANCED, LeakAlertPolicy.DEFAULT);
    LeakWatchStep step =
        watch.next(
            LeakLife.begin(Shop.PROCESS),
            LeakEvidence.NONE,
            new Observation.Sampled(sample(0, Bytes.ZERO)));

    assertThat(step.reading()).contains(new Outcome.Ignored(Outcome.Reason.FAILED_READ));
    assertThat(step.trend().orElseThrow().verdict()).isEqualTo(Trend.Verdict.UNKNOWN);
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
      watched.take(event(at(LONG + i), retention("x".repeat(10_000) + i, Double.NaN)));
    }

    Alert alert = watched.last();
    assertThat(alert.sites()).hasSize(10);
    assertThat(alert.sites().get(0).frames()).hasSize(12);
    assertThat(alert.sites().get(0).bytes()).isEqualTo(new Bytes(Long.MAX_VALUE));
    assertThat(alert.retention()).hasSize(10);
    assertThat(alert.retention().get(0).name()).hasSize(300);
  }

  @Test
  void theUsersOwnFrameIsTheCulpritWhereThereIsOne() {
    Frame own = new Frame("/srv/app/views.py", 5, "index");
    Frame installed = new Frame("/venv/lib/python3.11/site-packages/orm/query.py", 9, "all");
    Frame standard = new Frame("/usr/lib/python3.11/json/decoder.py", 3, "decode");

    assertThat(culprit(own, installed, standard)).isEqualTo(own);
    assertThat(culprit(installed, standard)).isEqualTo(installed);
    assertThat(culprit(standard)).isEqualTo(standard);
  }

  private static Frame culprit(Frame... frames) {
    return new GrowingSite(
            new AllocationGrowth.Site(List.of(frames), Bytes.ZERO, 0), 2, GrowthRate.ZERO)
        .culprit();
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

  private static double figure(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(each -> each.name().equals(name))
        .mapToDouble(Evidence::value)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void clockThatIsSetBackIsFollowedAndTheLeakStands() {
    Watched watched = new Watched().leak(0, LONG);
    int before = watched.trends().size();
    for (int n = 0; n < 60; n++) {
      Sample sample = Shop.leaking(LONG + n);
      watched.take(Shop.at(sample, sample.at().minusSeconds(7_200)));
    }

    assertThat(watched.told()).hasSize(1);
    assertThat(watched.last().state()).isEqualTo(Alert.State.FIRING);
    assertThat(watched.trends().subList(before, watched.trends().size()))
        .allMatch(trend -> trend.verdict() == Trend.Verdict.LEAKING);
    watched.silence();
    assertThat(watched.last().resolvedAt())
        .contains(SILENCE.silentAt(leaking(LONG + 59)).minusSeconds(7_200));
  }
}
