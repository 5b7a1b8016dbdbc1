package dev.hognose.leak;

import static java.util.Comparator.reverseOrder;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hognose.leak.LeakVerdict.Cleared;
import dev.hognose.leak.LeakVerdict.Growing;
import dev.hognose.leak.LeakVerdict.Leaking;
import dev.hognose.leak.LeakVerdict.Steady;
import dev.hognose.leak.LeakVerdict.Suspect;
import dev.hognose.leak.LeakVerdict.Unknown;
import dev.hognose.leak.LeakVerdict.Warming;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is said about made-up processes; that it is right about real ones is golden. */
class LeakDetectorTest {

  private static final Duration DAY = Duration.ofHours(24);
  private static final double MIB = 1 << 20;

  private final LeakDetector detector = new LeakDetector(LeakPolicy.BALANCED);

  @Test
  void nothingIsKnownBeforeAReading() {
    assertThat(detector.verdict(LeakState.initial(), Memory.START_MS))
        .isEqualTo(new Unknown(LeakVerdict.Reason.NO_READING));
  }

  @Test
  void youngProcessIsWarming() {
    List<MemoryReading> halfAnHour = Memory.growing(Duration.ofMinutes(31), hours -> 0);

    assertThat(verdicts(halfAnHour)).containsOnly(Warming.class);
    assertThat(verdict(halfAnHour)).isEqualTo(new Warming(7, 15));
  }

  @Test
  void evenMemoryIsSteady() {
    assertThat(verdicts(Memory.growing(DAY, hours -> 0)))
        .containsExactly(Warming.class, Steady.class);
  }

  @Test
  void leakIsSuspectedThenFound() {
    List<MemoryReading> leak = Memory.growing(Duration.ofHours(12), hours -> 20 * hours);

    assertThat(verdicts(leak))
        .containsExactly(Warming.class, Steady.class, Growing.class, Suspect.class, Leaking.class);
    Growth growth = ((Leaking) verdict(leak)).growth();
    assertThat(growth.where()).isEqualTo(Trend.Where.PYTHON);
    assertThat(growth.slope().bytesPerHour()).isCloseTo(20 * MIB, within(0.1 * MIB));
    assertThat(growth.since()).isEqualTo(Instant.ofEpochMilli(Memory.START_MS));
    assertThat(growth.hoursToLimit().orElseThrow()).isCloseTo((924 - 240) / 20.0, within(1.0));
    assertThat(growth.confidence()).isBetween(0.5, 1.0);
  }

  @Test
  void leakThatBeginsLaterIsDatedToItsBeginning() {
    List<MemoryReading> leak =
        Memory.growing(DAY, hours -> 20 * Math.max(0, hours - 6)).stream()
            .map(reading -> reading.withStart(1_700_000_000_000L))
            .toList();

    Growth growth = ((Leaking) verdict(leak)).growth();
    assertThat(growth.since())
        .isBetween(
            Instant.ofEpochMilli(Memory.START_MS).plus(Duration.ofMinutes(320)),
            Instant.ofEpochMilli(Memory.START_MS).plus(Duration.ofMinutes(400)));
    assertThat(growth.interval().low()).isLessThanOrEqualTo(growth.slope());
    assertThat(growth.interval().high()).isGreaterThanOrEqualTo(growth.slope());
    assertThat(growth.leastHoursToLimit().orElseThrow())
        .isLessThanOrEqualTo(growth.hoursToLimit().orElseThrow());
  }

  @Test
  void beginningNeverMovesLaterUntilItIsALeak() {
    List<MemoryReading> slow =
        Memory.growing(Duration.ofHours(60), hours -> 2.5 * Math.max(0, hours - 6));
    List<Instant> beginnings = new ArrayList<>();
    LeakState state = LeakState.initial();
    for (MemoryReading reading : slow) {
      state = detector.next(state, reading.withBlocks(1_000_000)).state();
      LeakVerdict verdict = detector.verdict(state, reading.atMs());
      if (!(verdict instanceof Leaking)) {
        growth(verdict).ifPresent(growth -> beginnings.add(growth.since()));
      }
    }

    assertThat(beginnings).hasSizeGreaterThan(10_000).isSortedAccordingTo(reverseOrder());
    assertThat(beginnings.get(0))
        .isBefore(Instant.ofEpochMilli(Memory.START_MS).plus(Duration.ofHours(7)));
    assertThat(((Leaking) verdict(slow)).growth().since())
        .isBetween(
            Instant.ofEpochMilli(Memory.START_MS).plus(Duration.ofHours(5)),
            Instant.ofEpochMilli(Memory.START_MS).plus(Duration.ofHours(7)));
  }

  @Test
  void leakThatStopsIsCleared() {
    List<MemoryReading> stopped =
        Memory.growing(Duration.ofHours(20), hours -> 20 * Math.min(hours, 11));

    assertThat(verdicts(stopped)).endsWith(Leaking.class, Cleared.class);
    assertThat(Told.by(detector, stopped).events())
        .hasSize(2)
        .last()
        .isInstanceOf(LeakEvent.Clear.class);
  }

  /** Twenty MiB an hour became so many, and half of the memory was given back if they fall. */
  @ParameterizedTest
  @CsvSource({"1, 0.1, 4", "-5, 0, 0"})
  void aClearedLeakHasTheSlopeThatIsLeft(double left, double least, double most) {
    List<MemoryReading> readings =
        Memory.growing(
            Duration.ofHours(20),
            hours -> hours < 11 ? 20 * hours : (left < 0 ? 110 : 220) + left * (hours - 11));

    List<LeakEvent> events = Told.by(detector, readings).events();

    assertThat(events).hasSize(2);
    assertThat(((LeakEvent.Clear) events.get(1)).slope().bytesPerHour())
        .isBetween(least * MIB, most * MIB);
  }

  @Test
  void fillingCacheIsSteadyAgainOnceItIsFull() {
    List<MemoryReading> cache =
        Memory.growing(Duration.ofHours(16), hours -> 40 * Math.min(hours, 2.5));

    assertThat(verdicts(cache)).doesNotContain(Leaking.class).endsWith(Steady.class);
  }

  @Test
  void heapThatGrowsUnderStandingResidentMemoryIsHidden() {
    List<MemoryReading> hidden =
        Memory.growing(Duration.ofHours(12), hours -> 20 * hours).stream()
            .map(reading -> reading.withUss(600L << 20))
            .toList();

    Growth growth = ((Leaking) verdict(hidden)).growth();
    assertThat(growth.where()).isEqualTo(Trend.Where.PYTHON_HIDDEN);
    assertThat(growth.hoursToLimit()).isEmpty();
  }

  @Test
  void residentMemoryThatGrowsAloneIsNative() {
    List<MemoryReading> leak =
        Memory.growing(Duration.ofHours(14), hours -> 20 * hours).stream()
            .map(reading -> reading.withBlocks(1_000_000))
            .toList();
    List<MemoryReading> withoutBlocks =
        leak.stream().map(reading -> reading.withBlocks(MemoryReading.ABSENT)).toList();

    assertThat(((Leaking) verdict(leak)).growth().where()).isEqualTo(Trend.Where.NATIVE);
    assertThat(((Leaking) verdict(withoutBlocks)).growth().where()).isEqualTo(Trend.Where.NATIVE);
  }

  @Test
  void withoutALimitNoHoursToItAreTold() {
    long noLimitOfCgroup1 = 0x7ffffffffffff000L;
    List<MemoryReading> leak =
        Memory.growing(Duration.ofHours(12), hours -> 20 * hours).stream()
            .map(reading -> reading.withLimit(noLimitOfCgroup1))
            .toList();

    assertThat(((Leaking) verdict(leak)).growth().hoursToLimit()).isEmpty();
    assertThat(Told.by(detector, leak).state().head().limitKib()).isZero();
  }

  @Test
  void silentProcessIsUnknownAfterAnHour() {
    List<MemoryReading> even = Memory.growing(Duration.ofHours(3), hours -> 0);
    LeakState state = Told.by(detector, even).state();
    long lastMs = even.get(even.size() - 1).atMs();

    assertThat(detector.verdict(state, lastMs + 3_600_000)).isEqualTo(new Steady());
    assertThat(detector.verdict(state, lastMs + 3_600_001))
        .isEqualTo(new Unknown(LeakVerdict.Reason.NO_RECENT_READING));
  }

  @Test
  void tracingThatLastsForABucketStartsTheFloorsAnew() {
    List<MemoryReading> readings = new ArrayList<>(Memory.growing(Duration.ofHours(3), hours -> 0));
    MemoryReading last = readings.get(readings.size() - 1);
    for (long ms = 10_000; ms < 120_000; ms += 10_000) {
      readings.add(Memory.at(last.atMs() - Memory.START_MS + ms, 0).withTraced(50L << 20));
    }
    assertThat(verdict(readings)).isEqualTo(new Steady());

    readings.add(Memory.at(last.atMs() - Memory.START_MS + 130_000, 0).withTraced(50L << 20));
    assertThat(verdict(readings)).isEqualTo(new Warming(0, 15));
  }

  @Test
  void leakOutlivesARestartUntilItIsCleared() {
    List<MemoryReading> readings =
        new ArrayList<>(Memory.growing(Duration.ofHours(12), hours -> 20 * hours));
    long restartMs = Duration.ofHours(12).toMillis();
    for (long ms = 0; ms < Duration.ofHours(6).toMillis(); ms += 10_000) {
      readings.add(Memory.at(restartMs + ms, 0).withStart(Memory.START_MS + restartMs));
    }

    assertThat(verdicts(readings)).endsWith(Leaking.class, Cleared.class);
  }

  @Test
  void evidenceOfEarlierLivesMakesALeakKnownSooner() {
    List<MemoryReading> lives = new ArrayList<>();
    for (int life = 0; life < 3; life++) {
      long startMs = life * Duration.ofHours(5).toMillis();
      for (long ms = 0; ms < Duration.ofHours(5).toMillis(); ms += 10_000) {
        lives.add(Memory.at(startMs + ms, ms * 15.0 / 3.6e6).withStart(Memory.START_MS + startMs));
      }
    }
    List<MemoryReading> firstLife = lives.subList(0, lives.size() / 3);

    assertThat(Told.by(detector, firstLife).events()).isEmpty();
    assertThat(Told.by(detector, lives).events()).hasSize(1);
  }

  @Test
  void withoutStartTimesADeepFallIsARestart() {
    List<MemoryReading> readings = new ArrayList<>();
    for (long ms = 0; ms < Duration.ofHours(6).toMillis(); ms += 10_000) {
      double mib = ms < Duration.ofHours(3).toMillis() ? 200 : 0;
      readings.add(Memory.at(ms, mib).withStart(MemoryReading.ABSENT));
    }

    assertThat(verdicts(readings))
        .containsExactly(Warming.class, Steady.class, Warming.class, Steady.class);
  }

  @Test
  void anotherBucketStartsTheFloorsAnewAndLetsALeakStand() {
    List<MemoryReading> leak = Memory.growing(Duration.ofHours(12), hours -> 20 * hours);
    LeakState state = Told.by(detector, leak).state();
    LeakDetector faster = new LeakDetector(LeakPolicy.BALANCED.withBucket(Duration.ofSeconds(1)));
    MemoryReading next = Memory.at(Duration.ofHours(12).toMillis(), 240);

    LeakState after = faster.next(state, next).state();

    assertThat(after.judgement().levels()).containsOnly(Level.EMPTY);
    assertThat(faster.verdict(after, next.atMs())).isInstanceOf(Leaking.class);
  }

  @Test
  void moreEagerPoliciesTellSooner() {
    List<MemoryReading> leak = Memory.growing(DAY, hours -> 15 * hours);

    List<Instant> onsets =
        Stream.of("early", "fast", "balanced", "pager", "strict")
            .map(LeakPresets::named)
            .map(policy -> Told.by(new LeakDetector(policy), leak).events().get(0).at())
            .toList();

    assertThat(onsets).isSorted().doesNotHaveDuplicates();
  }

  private LeakVerdict verdict(List<MemoryReading> readings) {
    LeakState state = Told.by(detector, readings).state();
    return detector.verdict(state, readings.get(readings.size() - 1).atMs());
  }

  private static Optional<Growth> growth(LeakVerdict verdict) {
    if (verdict instanceof Growing growing) {
      return Optional.of(growing.growth());
    }
    if (verdict instanceof Suspect suspect) {
      return Optional.of(suspect.growth());
    }
    return verdict instanceof Leaking leaking ? Optional.of(leaking.growth()) : Optional.empty();
  }

  /** Each verdict that is another one than the verdict before. */
  private List<Class<?>> verdicts(List<MemoryReading> readings) {
    List<Class<?>> changes = new ArrayList<>();
    LeakState state = LeakState.initial();
    for (MemoryReading reading : readings) {
      state = detector.next(state, reading).state();
      Class<?> now = detector.verdict(state, reading.atMs()).getClass();
      if (changes.isEmpty() || !changes.get(changes.size() - 1).equals(now)) {
        changes.add(now);
      }
    }
    return changes;
  }
}
