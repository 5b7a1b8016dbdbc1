package dev.hognose.limit;

import static dev.hognose.limit.Worker.PROCESS;
import static dev.hognose.limit.Worker.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.limit.Forecast.Whose;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.series.TheilSen;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each rule of a limit on both sides of its number. */
class LimitTablesTest {

  private static final LimitPolicy POLICY = LimitPolicy.DEFAULT;
  private static final Bytes LIMIT = Bytes.ofMebi(1000);
  private static final long MIB = 1 << 10;

  private final ForecastDetector detector = new ForecastDetector(POLICY);
  private final LimitWatch watch = new LimitWatch(POLICY);

  /** Floors of a minute; the container has what the process has. */
  private static UseFloors floors(int count, double from, double mibEach) {
    return new UseFloors(
        IntStream.range(0, count)
            .mapToObj(n -> floor(n, Math.round((from + n * mibEach) * MIB)))
            .toList(),
        0,
        OptionalLong.empty());
  }

  private static UseFloor floor(int bucket, long kib) {
    return new UseFloor(bucket, kib, kib, kib);
  }

  /** Of 900 MiB that grow by as many a minute: firm, unless another figure says otherwise. */
  private static Forecast forecast(double mib, double leftMinutes) {
    return new Forecast(
        Whose.PROCESS,
        Worker.bytes(mib),
        LIMIT,
        new GrowthRate(1e8),
        Duration.ofMillis(Math.round(leftMinutes * 60_000)));
  }

  @ParameterizedTest
  @CsvSource({
    "800, 60, true",
    "799.9, 60, false",
    "800, 60.01, false",
    "950, 0, true",
  })
  void aForecastIsFirmNearTheLimitWithinTheHour(double mib, double left, boolean firm) {
    assertThat(detector.isFirm(floors(12, 700, 9), forecast(mib, left))).isEqualTo(firm);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "819200, true", "819201, false"})
  void aLevelThatWasReachedBeforeIsNotFirm(long highestKib, boolean firm) {
    UseFloors rising = floors(12, 690, 10);
    UseFloors known = new UseFloors(rising.floors(), highestKib, OptionalLong.empty());

    assertThat(detector.isFirm(known, forecast(900, 30))).isEqualTo(firm);
  }

  /** Five MiB of a thousand are the least that counts as growth. */
  @ParameterizedTest
  @CsvSource({"0.5, true", "0.45, false", "0.6, true"})
  void growthMustBeWorthIt(double mibEach, boolean firm) {
    assertThat(detector.isFirm(floors(11, 850, mibEach), forecast(900, 30))).isEqualTo(firm);
  }

  /** Rising pairs less falling ones, against 3.9 deviations: 57 of 66 with twelve floors. */
  @ParameterizedTest
  @CsvSource({"0, true", "1, true", "4, true", "5, false", "9, false"})
  void floorsMustRiseEvenly(int fallingPairs, boolean firm) {
    double[] mib = IntStream.range(0, 12).mapToDouble(n -> 800 + 10 * n).toArray();
    for (int pair = 0; pair < fallingPairs; pair++) {
      // The lowest moves up by one place more: one more pair falls.
      mib[0] = 800 + 10 * (pair + 1) + 5;
    }
    List<UseFloor> uneven =
        IntStream.range(0, 12).mapToObj(n -> floor(n, Math.round(mib[n] * MIB))).toList();

    assertThat(detector.isFirm(new UseFloors(uneven, 0, OptionalLong.empty()), forecast(950, 30)))
        .isEqualTo(firm);
  }

  @ParameterizedTest
  @CsvSource({"3.6, true", "3.1, false"})
  void theSecondHalfMustGoOn(double laterMibEach, boolean firm) {
    List<UseFloor> slowing =
        IntStream.range(0, 24).mapToObj(n -> floor(n, slowing(n, laterMibEach))).toList();
    UseFloors floors = new UseFloors(slowing, 0, OptionalLong.empty());

    assertThat(slope(slowing) * POLICY.leastHalf()).isBetween(3.2, 3.5);
    assertThat(detector.isFirm(floors, forecast(900, 30))).isEqualTo(firm);
  }

  private static long slowing(int n, double laterMibEach) {
    return Math.round((n < 12 ? 400 + n * 19.0 : 618 + (n - 11) * laterMibEach) * MIB);
  }

  private static double slope(List<UseFloor> floors) {
    return TheilSen.of(new UseFloors(floors, 0, OptionalLong.empty()).series(UseFloor::resident))
            .slope()
        / MIB;
  }

  /** A container that fills may hold a process that stands still. */
  @ParameterizedTest
  @CsvSource({"CONTAINER, true", "PROCESS, false"})
  void theOneWhoseMemoryIsMeantMustGrow(Whose whose, boolean firm) {
    List<UseFloor> filling =
        IntStream.range(0, 12)
            .mapToObj(n -> new UseFloor(n, 100 * MIB, (790 + 10 * n) * MIB, 100 * MIB))
            .toList();
    Forecast forecast =
        new Forecast(whose, Worker.bytes(900), LIMIT, new GrowthRate(1e8), Duration.ofMinutes(30));

    assertThat(detector.isFirm(new UseFloors(filling, 0, OptionalLong.empty()), forecast))
        .isEqualTo(firm);
  }

  @ParameterizedTest
  @CsvSource({"15, CRITICAL", "15.01, WARNING"})
  void aLimitWithinAQuarterOfAnHourIsCritical(double left, Alert.Severity severity) {
    Forecast forecast = forecast(900, left);
    OpenForecast open = new OpenForecast(time(9), "1.4.2", forecast, forecast);

    assertThat(new LimitAlert(POLICY).soon(PROCESS, open, time(9)).severity()).isEqualTo(severity);
  }

  @ParameterizedTest
  @CsvSource({
    "30, 20.01, false",
    "30, 20, false",
    "30, 19.99, true",
    "30, 45, false",
    "30, 45.01, true",
    "1, 0, false",
    "15.5, 15, true",
  })
  void aForecastIsToldAgainWhenItHasChangedByHalf(double toldLeft, double left, boolean again) {
    Forecast told = forecast(900, toldLeft);
    LimitTurn turn = new LimitTurn(POLICY, LimitLife.begin(PROCESS));
    turn.follow(new OpenForecast(time(9), "1.4.2", told, told), forecast(900, left), time(10));

    assertThat(turn.step(LimitStep.Outcome.COUNTED).alerts()).hasSize(again ? 1 : 0);
    assertThat(turn.life().soon())
        .map(open -> open.told().left())
        .contains(forecast(900, again ? left : toldLeft).left());
  }

  @ParameterizedTest
  @CsvSource({"11, false", "12, true"})
  void aForecastNeedsFloors(int count, boolean made) {
    assertThat(detector.forecast(floors(count, 700, 5), LIMIT).isPresent()).isEqualTo(made);
  }

  @Test
  void noForecastOfWhatDoesNotRise() {
    assertThat(detector.forecast(floors(12, 900, 0), LIMIT)).isEmpty();
    assertThat(detector.forecast(floors(12, 900, -1), LIMIT)).isEmpty();
  }

  /** What the process has of its container's growth decides whose memory is meant. */
  @ParameterizedTest
  @CsvSource({
    "10, 1, CONTAINER",
    "10, 0.99, PROCESS",
    "10, 15, CONTAINER",
    "10, 15.1, PROCESS",
  })
  void theContainerCountsWhileTheProcessGrowsWithIt(double all, double own, Whose whose) {
    List<UseFloor> floors =
        IntStream.range(0, 12)
            .mapToObj(
                n ->
                    new UseFloor(
                        n,
                        Math.round((100 + n * own) * 1000),
                        Math.round((700 + n * all) * 1000),
                        Math.round((100 + n * own) * 1000)))
            .toList();

    assertThat(detector.forecast(new UseFloors(floors, 0, OptionalLong.empty()), LIMIT))
        .map(Forecast::whose)
        .contains(whose);
  }

  @ParameterizedTest
  @CsvSource({"800, true", "799.99, false"})
  void aSlopeIsOnlyAskedForNearTheLimit(double mib, boolean asked) {
    assertThat(detector.mayBeFirm(floors(3, mib, 0), LIMIT)).isEqualTo(asked);
  }

  @ParameterizedTest
  @CsvSource({
    "900, 900, -1, true",
    "899.99, 990, -1, false",
    "100, 900, 60, true",
    "100, 899.99, 60, false",
    "100, 100, 1.5, true",
    "100, 100, 1.51, false",
  })
  void whatVanishesNearTheLimitWasKilled(
      double ownMib, double usedMib, double leftMinutes, boolean killed) {
    LimitUse last =
        new LimitUse(
            time(10),
            time(10.5),
            "1.4.2",
            Worker.bytes(ownMib),
            Optional.of(Worker.bytes(usedMib)),
            Optional.of(LIMIT),
            OptionalLong.empty());
    LimitLife known = LimitLife.begin(PROCESS).heard(last, UseFloors.NONE);
    LimitLife life =
        leftMinutes < 0
            ? known
            : known.withSoon(
                Optional.of(
                    new OpenForecast(
                        time(9), "1.4.2", forecast(900, leftMinutes), forecast(900, 30))));

    assertThat(life.patience(POLICY)).isEqualTo(Duration.ofSeconds(90));
    assertThat(watch.tellsKill(life)).isEqualTo(killed);
    assertThat(watch.tellsKill(life.stopped(time(11)))).isFalse();
    assertThat(watch.silence(life).life().killed().isPresent()).isEqualTo(killed);
  }

  @Test
  void aKillThatIsToldGoesOnBeingTold() {
    LimitUse low =
        new LimitUse(
            time(10),
            time(10.5),
            "",
            Bytes.ofMebi(1),
            Optional.empty(),
            Optional.of(LIMIT),
            OptionalLong.empty());
    LimitLife life = LimitLife.begin(PROCESS).heard(low, UseFloors.NONE);

    assertThat(watch.tellsKill(life)).isFalse();
    assertThat(watch.tellsKill(with(life, low, Killed.Seen.VANISHED))).isTrue();
    assertThat(watch.tellsKill(with(life, low, Killed.Seen.COUNTED))).isFalse();
    assertThat(watch.policy()).isSameAs(POLICY);
  }

  private static LimitLife with(LimitLife life, LimitUse last, Killed.Seen seen) {
    return life.withKilled(Optional.of(new Killed(time(9), seen, 1, last, Optional.empty())));
  }

  /** A counted kill that is told ends with the next one, and with a life that vanished. */
  @Test
  void oneKillIsToldAtATime() {
    Followed followed =
        new Followed()
            .take(0, 1, minute -> Worker.LIMITED.at(minute, 950))
            .take(Worker.LIMITED.withKills(2).at(1, 950))
            .take(Worker.LIMITED.withKills(5).at(2, 950))
            .silence();

    assertThat(followed.told()).hasSize(3);
    assertThat(followed.told()).filteredOn(each -> each.resolvedAt().isEmpty()).hasSize(1);
    assertThat(followed.history().get(0).title()).contains("2 ");
    assertThat(followed.history().get(2).title()).contains("3 ");
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "1152921504606846975, true", "1152921504606846976, false"})
  void theFigureForNoLimitIsNone(long bytes, boolean limit) {
    LimitUse use =
        LimitUse.of(Worker.LIMITED.withLimit(Optional.of(new Bytes(bytes))).at(0, 100), time(1));

    assertThat(use.limit().isPresent()).isEqualTo(limit);
  }

  @Test
  void aLifeIsOpenWhileTimeAloneMayChangeIt() {
    LimitUse use = LimitUse.of(Worker.LIMITED.at(0, 100), time(1));
    LimitLife heard = LimitLife.begin(PROCESS).heard(use, UseFloors.NONE);

    assertThat(LimitLife.begin(PROCESS).isOpen()).isFalse();
    assertThat(LimitLife.begin(PROCESS).patience(POLICY)).isZero();
    assertThat(heard.isOpen()).isTrue();
    assertThat(heard.stopped(time(2)).isOpen()).isFalse();
    assertThat(heard.ended().isOpen()).isFalse();
    assertThat(with(heard.ended(), use, Killed.Seen.VANISHED).isOpen()).isTrue();
  }

  @Test
  void everyTimeButTheSilenceFollowsAShorterFloor() {
    LimitPolicy fast = POLICY.withFloor(Duration.ofMillis(500));

    assertThat(fast.floor()).hasMillis(500);
    assertThat(fast.horizon()).isEqualTo(Duration.ofSeconds(30));
    assertThat(fast.critical()).isEqualTo(Duration.ofMillis(7500));
    assertThat(fast.vanish()).hasMillis(500);
    assertThat(fast.tell()).isEqualTo(Duration.ofSeconds(30));
    assertThat(fast.silence()).isEqualTo(POLICY.silence());
  }

  /** A killed process is told at once, and an hour is time to look, however slow leaks are. */
  @Test
  void noTimeIsLongerWithALongerFloor() {
    LimitPolicy slow = POLICY.withFloor(Duration.ofMinutes(30));

    assertThat(slow.floor()).isEqualTo(Duration.ofMinutes(30));
    assertThat(slow.horizon()).isEqualTo(POLICY.horizon());
    assertThat(slow.critical()).isEqualTo(POLICY.critical());
    assertThat(slow.vanish()).isEqualTo(POLICY.vanish());
    assertThat(slow.tell()).isEqualTo(POLICY.tell());
  }

  /** One more bucket than are kept, and one less. */
  @ParameterizedTest
  @CsvSource({"30, false", "31, true", "0, false", "-1, true"})
  void floorsFarApartAreDoubted(int after, boolean far) {
    UseFloors known = floors(3, 100, 1);

    assertThat(known.areFarFrom(floor(2 + after, 1), POLICY)).isEqualTo(far);
  }

  @Test
  void halfAnHourOfFloorsIsKeptAndTheLevelBefore() {
    UseFloors full = floors(29, 100, 1).with(floor(29, 129 * MIB), POLICY);
    UseFloors next = full.with(floor(30, 130 * MIB), POLICY);

    assertThat(full.floors()).hasSize(30).first().isEqualTo(floor(0, 100 * MIB));
    assertThat(full.highest()).isZero();
    assertThat(next.floors()).hasSize(30).first().isEqualTo(floor(1, 101 * MIB));
    assertThat(next.highest()).isEqualTo(100 * MIB);
  }

  @ParameterizedTest
  @CsvSource({"2, false", "1, true", "-2, true", "-3, false"})
  void aBucketBeforeTheNewestIsClosedUnlessAClockWasSetBack(int bucket, boolean closed) {
    assertThat(floors(3, 100, 1).areClosedFor(floor(bucket, 1))).isEqualTo(closed);
  }
}
