package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an alert of a leak says, and how loudly. */
class LeakAlertTest {

  private static final LeakAlert WRITER = new LeakAlert(LeakAlertPolicy.DEFAULT);
  private static final LeakLife LIFE = LeakLife.begin(Shop.PROCESS);
  private static final Instant FIRED = Instant.parse("2026-11-20T22:00:00Z");
  private static final double MIB = 1 << 20;
  private static final LeakEvidence TRACED = traced(new Frame("/srv/shop/views.py", 41, "index"));

  @ParameterizedTest
  @CsvSource({
    "PYTHON, the Python heap",
    "PYTHON_HIDDEN, 'the Python heap, hidden in free arenas'",
    "NATIVE, native memory or large buffers",
    "FRAGMENTATION, free memory that the C library keeps (fragmentation)"
  })
  void titleSaysWhereItIs(Trend.Where where, String words) {
    assertThat(alert(open(growth(where, 2_000))).title())
        .isEqualTo("catalog leaks 16.0 MiB/h in " + words + " since 21:00 UTC");
  }

  /** Hours before it fired. */
  @ParameterizedTest
  @CsvSource({"719, since 10:01 UTC", "720, since 2026-11-20 10:00 UTC"})
  void titleSaysTheDayWhereThatIsAnother(long minutesBefore, String words) {
    Growth growth = growth(Trend.Where.PYTHON, 2_000).since(before(minutesBefore));

    assertThat(alert(open(growth)).title()).endsWith(words);
  }

  @ParameterizedTest
  @CsvSource({
    "999, ', limit in 999.0 h'",
    "1000, ''",
    "1.5, ', limit in 90 min'",
    "-1, ', limit in 0.00 s'"
  })
  void titleSaysWhenTheLimitIsReachedWithinWeeks(double hours, String words) {
    assertThat(alert(open(growth(Trend.Where.PYTHON, hours))).title())
        .endsWith("since 21:00 UTC" + words);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, false, ''",
    "2, 5, false, ', in 2 of 5 processes of the service'",
    "2, 5, true, ', in 2 of 5 processes of the service since version 1.4'",
    "1, 5, true, ''"
  })
  void titleSaysWhoSharesIt(int rising, int processes, boolean deploy, String words) {
    ServiceWord.Sharing sharing = new ServiceWord.Sharing(rising, processes, "1.4", deploy);

    Alert alert = alert(open(growth(Trend.Where.PYTHON, 2_000), sharing));

    assertThat(alert.title()).endsWith("since 21:00 UTC" + words);
    assertThat(alert.processesAffected()).isEqualTo(rising);
  }

  @ParameterizedTest
  @CsvSource({"1, CRITICAL", "1.001, WARNING", "0, CRITICAL"})
  void limitWithinAnHourCannotWait(double hours, Alert.Severity severity) {
    assertThat(alert(open(growth(Trend.Where.PYTHON, hours))).severity()).isEqualTo(severity);
  }

  @Test
  void withoutALimitItCanWait() {
    Growth growth = growth(Trend.Where.PYTHON, 1).within(OptionalDouble.empty());

    assertThat(alert(open(growth)).severity()).isEqualTo(Alert.Severity.WARNING);
    assertThat(names(alert(open(growth))))
        .doesNotContain("hours_to_limit", "hours_to_limit_low", "hours_to_limit_high");
  }

  @Test
  void figuresAreThoseThatAreKnown() {
    ServiceWord.Sharing sharing = new ServiceWord.Sharing(2, 5, "1.4", false);
    OpenLeak shared = open(growth(Trend.Where.PYTHON, 6), sharing);

    assertThat(names(alert(open(growth(Trend.Where.PYTHON, 6)))))
        .containsExactly(
            "slope",
            "slope_low",
            "slope_high",
            "hours_to_limit",
            "hours_to_limit_low",
            "hours_to_limit_high",
            "confidence",
            "memory",
            "limit",
            "traced_windows");
    assertThat(WRITER.of(LIFE, shared, TRACED).evidence())
        .contains(
            new Evidence("slope", 16 * MIB, "bytes_per_hour"),
            new Evidence("hours_to_limit_low", 3, "hours"),
            new Evidence("hours_to_limit_high", 12, "hours"),
            new Evidence("memory", 1 << 20, "bytes"),
            new Evidence("processes", 5, "count"),
            new Evidence("processes_growing", 2, "count"),
            new Evidence("traced_windows", 2, "count"),
            new Evidence("site_slope", 4 * MIB, "bytes_per_hour"),
            new Evidence("site_share", 0.25, "ratio"));
  }

  /** Minutes after it fired of the last telling and of the evidence, and of the alert. */
  @ParameterizedTest
  @CsvSource({"-5, -9, 0", "5, 3, 5", "3, 5, 5", "3, -5, 3"})
  void alertIsAsNewAsTheLatestOfWhatItSays(long told, long traced, long updated) {
    LeakEvidence evidence =
        new LeakEvidence(
            List.of(new LeakEvidence.Window(before(-traced), Duration.ZERO, List.of())), List.of());
    OpenLeak open = open(growth(Trend.Where.PYTHON, 6)).toldAt(before(-told));
    OpenLeak toldThen =
        new OpenLeak(
            FIRED,
            "1.4",
            false,
            new OpenLeak.Told(
                before(-told),
                open.told().growth(),
                open.told().sharing(),
                open.told().footprint()));

    assertThat(WRITER.of(LIFE, toldThen, evidence).updatedAt()).isEqualTo(before(-updated));
  }

  @Test
  void whatWasTracedAfterTheEndHasNoPartInIt() {
    Alert resolved = WRITER.resolved(LIFE, open(growth(Trend.Where.PYTHON, 6)), TRACED, FIRED);

    assertThat(resolved.state()).isEqualTo(Alert.State.RESOLVED);
    assertThat(resolved.resolvedAt()).contains(FIRED);
    assertThat(resolved.sites()).isEmpty();
    assertThat(resolved.evidence()).contains(new Evidence("traced_windows", 1, "count"));
  }

  /** Seconds before it fired; it may be silent for half a minute, and grows for an hour. */
  @ParameterizedTest
  @CsvSource({
    "MODULE_GLOBAL, 1800, true",
    "MODULE_GLOBAL, 1801, false",
    "LRU_CACHE, 1801, false",
    "TYPE, 3600, true",
    "TYPE, 3601, false"
  })
  void whatCameToRestIsNotNamed(Retention.Kind kind, int secondsBefore, boolean isNamed) {
    Heard heard = new Heard(FIRED, FIRED.plusSeconds(30), "1.4", Bytes.ofMebi(1), Optional.empty());
    LeakEvidence.Holder holder =
        new LeakEvidence.Holder(
            FIRED.minusSeconds(secondsBefore), Shop.retention("shop.WARM", kind, 500_000));

    Alert alert =
        WRITER.of(
            LIFE.heard(heard),
            open(growth(Trend.Where.PYTHON, 6)),
            new LeakEvidence(List.of(), List.of(holder)));

    assertThat(alert.retention().isEmpty()).isEqualTo(!isNamed);
    assertThat(alert.advice().contains("shop.WARM")).isEqualTo(isNamed);
  }

  /** Minutes before it fired. */
  @ParameterizedTest
  @CsvSource({"60, 2", "61, 0"})
  void windowsOfBeforeItGrewSayNothingOfIt(long minutesBefore, int windows) {
    List<LeakEvidence.Window> early =
        TRACED.windows().stream()
            .map(
                each -> new LeakEvidence.Window(before(minutesBefore), each.length(), each.sites()))
            .toList();

    Alert alert =
        WRITER.of(LIFE, open(growth(Trend.Where.PYTHON, 6)), new LeakEvidence(early, List.of()));

    assertThat(alert.evidence()).contains(new Evidence("traced_windows", windows, "count"));
    assertThat(alert.culprit().isPresent()).isEqualTo(windows > 1);
  }

  /** Where it is, whether anything was traced, and what to do about it. */
  @ParameterizedTest
  @CsvSource({
    "FRAGMENTATION, true, Nobody holds this memory",
    "NATIVE, true, Tracing does not see native memory",
    "PYTHON, false, Nothing was traced yet",
    "PYTHON, true, No site has grown in two traced windows yet",
    "PYTHON_HIDDEN, true, No site has grown in two traced windows yet"
  })
  void adviceDependsOnWhatIsKnown(Trend.Where where, boolean isTraced, String start) {
    List<LeakEvidence.Window> windows = isTraced ? TRACED.windows().subList(0, 1) : List.of();

    assertThat(
            WRITER.of(LIFE, open(growth(where, 6)), new LeakEvidence(windows, List.of())).advice())
        .startsWith(start);
    assertThat(WRITER.of(LIFE, open(growth(where, 6)), TRACED).advice())
        .isEqualTo(
            "Look at what keeps the objects alive that are allocated in index (shop/views.py:41):"
                + " 4.0 MiB/h survives there, 25 % of the growth, seen in 2 traced windows.");
  }

  private static Alert alert(OpenLeak open) {
    return WRITER.of(LIFE, open, LeakEvidence.NONE);
  }

  private static List<String> names(Alert alert) {
    return alert.evidence().stream().map(Evidence::name).toList();
  }

  private static OpenLeak open(Growth growth) {
    return open(growth, ServiceWord.Sharing.ALONE);
  }

  private static OpenLeak open(Growth growth, ServiceWord.Sharing sharing) {
    OpenLeak.Told told = new OpenLeak.Told(FIRED, growth, sharing, Footprint.ofKib(1024, 4096));
    return new OpenLeak(FIRED, "1.4", false, told);
  }

  /** 16 MiB an hour, or half and twice as much, since an hour before it fired. */
  private static Growth growth(Trend.Where where, double hoursToLimit) {
    return new Growth(
        where,
        new GrowthRate(16 * MIB),
        new Trend.SlopeInterval(new GrowthRate(8 * MIB), new GrowthRate(32 * MIB)),
        before(60),
        OptionalDouble.of(hoursToLimit),
        0.8);
  }

  private static Instant before(long minutes) {
    return FIRED.minus(Duration.ofMinutes(minutes));
  }

  /** Two windows of half an hour, with two mebibytes each; one before it fired. */
  private static LeakEvidence traced(Frame frame) {
    AllocationGrowth.Site site = Shop.site(frame, 2 << 10);
    Duration length = Duration.ofMinutes(30);
    return new LeakEvidence(
        List.of(
            new LeakEvidence.Window(FIRED, length, List.of(site)),
            new LeakEvidence.Window(FIRED.plusSeconds(1), length, List.of(site))),
        List.of());
  }
}
