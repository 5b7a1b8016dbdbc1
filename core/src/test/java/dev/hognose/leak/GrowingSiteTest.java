package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which allocation sites kept growing, how fast, and whose line is to blame. */
class GrowingSiteTest {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final Duration QUARTER = Duration.ofMinutes(15);

  @Test
  void oneWindowIsNoEvidence() {
    assertThat(sites(MINUTE, site("a", 5))).isEmpty();
  }

  @Test
  void whatSeveralWindowsSawIsAddedUp() {
    List<GrowingSite> growing = sites(QUARTER, site("a", 5), site("a", 7));

    assertThat(growing).containsExactly(new GrowingSite(site("a", 12), 2, new GrowthRate(24)));
  }

  @Test
  void fastestComeFirstAndEqualsInTheirOrder() {
    List<AllocationGrowth.Site> all = new ArrayList<>();
    for (String name : List.of("b", "c", "a", "d")) {
      all.add(site(name, name.equals("d") ? 9 : 5));
    }
    LeakEvidence evidence = new LeakEvidence(twice(all), List.of());

    assertThat(GrowingSite.of(evidence))
        .extracting(each -> each.culprit().function())
        .containsExactly("d", "a", "b", "c");
  }

  @Test
  void noMoreThanTenAreTold() {
    List<AllocationGrowth.Site> all =
        Stream.iterate(1, n -> n + 1).limit(12).map(n -> site("f" + n, n)).toList();

    assertThat(GrowingSite.of(new LeakEvidence(twice(all), List.of())))
        .hasSize(10)
        .last()
        .satisfies(each -> assertThat(each.culprit().function()).isEqualTo("f3"));
  }

  @Test
  void ofWindowsWithoutALengthNothingIsKnown() {
    assertThat(sites(Duration.ZERO, site("a", 5), site("a", 7)))
        .extracting(GrowingSite::rate)
        .containsExactly(GrowthRate.ZERO);
  }

  @Test
  void whatIsBeyondAllCountsIsAsMuchAsCanBeCounted() {
    long most = Long.MAX_VALUE;

    assertThat(sites(MINUTE, site("a", most), site("a", most)))
        .extracting(GrowingSite::site)
        .containsExactly(site("a", most));
  }

  @ParameterizedTest
  @CsvSource({"100, 0.12", "24, 0.5", "12, 1", "6, 1", "0, 0", "-5, 0"})
  void shareOfTheWholeGrowthIsAllOfItAtMost(double whole, double share) {
    GrowingSite site = new GrowingSite(site("a", 12), 2, new GrowthRate(12));

    assertThat(site.shareOf(new GrowthRate(whole))).isCloseTo(share, within(1e-12));
  }

  /** Files of the frames, innermost last, and which of them is to blame. */
  @ParameterizedTest
  @CsvSource({
    "/srv/a.py /srv/b.py, /srv/b.py",
    "/srv/a.py /v/lib/python3.11/site-packages/orm.py /usr/lib/python3.11/json.py, /srv/a.py",
    "/v/lib/python3.11/site-packages/orm.py /usr/lib/python3.11/json.py, "
        + "/v/lib/python3.11/site-packages/orm.py",
    "/usr/lib/python3.11/json.py, /usr/lib/python3.11/json.py",
    "/srv/a.py /v/site-packages/lib.py, /srv/a.py",
    "/srv/a.py /usr/lib/python3.11/json.py, /srv/a.py",
    "/v/lib/python3.11/site-packages/lib.py /usr/lib64/python3/json.py, "
        + "/v/lib/python3.11/site-packages/lib.py",
    "/v/dist-packages/shop.py <frozen>, /v/dist-packages/shop.py",
    "/usr/lib/python3.11/a.py <string>, <string>"
  })
  void innermostLineOfTheServiceIsToBlame(String files, String culprit) {
    List<Frame> frames =
        Stream.of(files.split(" ", -1)).map(file -> new Frame(file, 1, "f")).toList();
    AllocationGrowth.Site site = new AllocationGrowth.Site(frames, new Bytes(1), 1);

    assertThat(new GrowingSite(site, 2, GrowthRate.ZERO).culprit().file()).isEqualTo(culprit);
  }

  private static List<LeakEvidence.Window> twice(List<AllocationGrowth.Site> sites) {
    return List.of(
        new LeakEvidence.Window(Instant.EPOCH, MINUTE, sites),
        new LeakEvidence.Window(Instant.EPOCH.plus(MINUTE), MINUTE, sites));
  }

  /** A window for each. */
  private static List<GrowingSite> sites(Duration length, AllocationGrowth.Site... sites) {
    List<LeakEvidence.Window> windows =
        Stream.of(sites)
            .map(site -> new LeakEvidence.Window(Instant.EPOCH, length, List.of(site)))
            .toList();
    return GrowingSite.of(new LeakEvidence(windows, List.of()));
  }

  private static AllocationGrowth.Site site(String function, long bytes) {
    return new AllocationGrowth.Site(
        List.of(new Frame("/srv/shop.py", 1, function)), new Bytes(bytes), bytes);
  }
}
