package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.leak.Outcome.Believed;
import dev.hognose.leak.Outcome.Ignored;
import dev.hognose.leak.Outcome.Reason;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongUnaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a process sends: a leak in it is found, and what is ignored is named and counted. */
class BadInputTest {

  private static final long HOUR_MS = 3_600_000;
  private static final long BREAK_MS = Memory.START_MS + 3 * HOUR_MS;

  /** Of each outcome how often, by its name or that of the reason. */
  private record Run(Map<String, Integer> outcomes, LeakState state) {

    static Run of(List<MemoryReading> readings) {
      LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);
      Map<String, Integer> outcomes = new TreeMap<>();
      LeakState state = LeakState.initial();
      for (MemoryReading reading : readings) {
        LeakStep step = detector.next(state, reading);
        state = step.state();
        outcomes.merge(name(step.outcome()), 1, Integer::sum);
      }
      return new Run(outcomes, state);
    }

    private static String name(Outcome outcome) {
      return outcome.match(
          counted -> "counted",
          told -> "told",
          believed -> "believed " + believed.reason(),
          ignored -> String.valueOf(ignored.reason()));
    }

    LeakVerdict verdict() {
      return new LeakDetector(LeakPolicy.PAGER).verdict(state, state.head().watermarkMs());
    }
  }

  private static List<MemoryReading> leak() {
    return Memory.growing(Duration.ofHours(24), hours -> 20 * hours);
  }

  private static Arguments every(String what, int nth, UnaryOperator<MemoryReading> broken) {
    List<MemoryReading> leak = leak();
    return Arguments.of(
        what,
        IntStream.range(0, leak.size())
            .mapToObj(i -> i % nth == nth - 1 ? broken.apply(leak.get(i)) : leak.get(i))
            .toList());
  }

  private static Arguments all(String what, UnaryOperator<MemoryReading> broken) {
    return every(what, 1, broken);
  }

  /** The clock shows another time from three hours on. */
  private static Arguments clock(String what, LongUnaryOperator shown) {
    return all(what, reading -> at(reading, shown.applyAsLong(reading.atMs())));
  }

  private static MemoryReading at(MemoryReading reading, long atMs) {
    return new MemoryReading(
        atMs,
        reading.rssBytes(),
        reading.ussBytes(),
        reading.blocks(),
        reading.tracedBytes(),
        reading.limitBytes(),
        reading.startedAtMs(),
        reading.keptBytes());
  }

  private static MemoryReading rss(MemoryReading reading, long bytes) {
    return new MemoryReading(
        reading.atMs(), bytes, bytes, reading.blocks(), -1, 1L << 30, reading.startedAtMs(), 0);
  }

  private static Stream<Arguments> leaking() {
    Function<Long, LongUnaryOperator> step = byMs -> atMs -> atMs < BREAK_MS ? atMs : atMs + byMs;
    return Stream.of(
        every("one in ten is a day ahead", 10, r -> at(r, r.atMs() + 24 * HOUR_MS)),
        every("one in ten is from 2014", 10, r -> at(r, 1_400_000_000_000L)),
        every("one in ten is a day behind", 10, r -> at(r, r.atMs() - 24 * HOUR_MS)),
        every("one in three has no figure", 3, r -> rss(r, 0)),
        every("one in three is negative", 3, r -> rss(r, -4096)),
        every("one in three is huge", 3, r -> rss(r, Long.MAX_VALUE)),
        every("one in three has no limit", 3, r -> r.withLimit(0)),
        every("one in three has another limit", 3, r -> r.withLimit(2L << 30)),
        every("one in three was traced", 3, r -> r.withTraced(1 << 20)),
        every("one in three has no blocks", 3, r -> r.withBlocks(MemoryReading.ABSENT)),
        every("one in ten is of an earlier start", 10, r -> r.withStart(Memory.START_MS - HOUR_MS)),
        every("one in two is of an earlier start", 2, r -> r.withStart(Memory.START_MS - HOUR_MS)),
        every("one in two is twice as large", 2, r -> rss(r, 2 * r.rssBytes())),
        clock("the clock is set back by a minute", step.apply(-60_000L)),
        clock("the clock is set back by ten minutes", step.apply(-600_000L)),
        clock("the clock is set back by two hours", step.apply(-2 * HOUR_MS)),
        clock("the clock is set back by a year", step.apply(-8760 * HOUR_MS)),
        clock("the clock is set ahead by ten minutes", step.apply(600_000L)),
        clock("the clock is set ahead by a year", step.apply(8760 * HOUR_MS)),
        clock("the first three hours are a year ahead", step.apply(-8760 * HOUR_MS)),
        Arguments.of(
            "an early start that was none",
            Stream.concat(
                    Stream.of(leak().get(0).withStart(Memory.START_MS + 100_000)), leak().stream())
                .toList()),
        Arguments.of("a gap of three days", gap(3 * 24 * HOUR_MS)),
        Arguments.of("a sample a second", paced(1_000)),
        Arguments.of("a sample every ten minutes", paced(600_000)));
  }

  private static List<MemoryReading> gap(long gapMs) {
    return leak().stream().map(r -> r.atMs() < BREAK_MS ? r : at(r, r.atMs() + gapMs)).toList();
  }

  private static List<MemoryReading> paced(long everyMs) {
    List<MemoryReading> readings = new ArrayList<>();
    for (long atMs = 0; atMs < 24 * HOUR_MS; atMs += everyMs) {
      readings.add(Memory.at(atMs, 20.0 * atMs / HOUR_MS));
    }
    return readings;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("leaking")
  void leakIsFoundAndEveryReadingHasAnOutcome(String what, List<MemoryReading> readings) {
    Run run = Run.of(readings);

    assertThat(run.verdict()).as(run.outcomes().toString()).isInstanceOf(LeakVerdict.Leaking.class);
    assertThat(run.outcomes().values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(readings.size());
  }

  private static Stream<Arguments> steady() {
    return leaking()
        .map(
            each -> {
              List<MemoryReading> readings = new ArrayList<>();
              for (Object reading : (List<?>) each.get()[1]) {
                readings.add(still((MemoryReading) reading));
              }
              return Arguments.of(each.get()[0], readings);
            });
  }

  /** The same fault in a process of 100 or 200 MiB that does not grow. */
  private static MemoryReading still(MemoryReading reading) {
    boolean twice = reading.ussBytes() > 0 && reading.rssBytes() < Long.MAX_VALUE;
    boolean readable = reading.rssBytes() > 0 && reading.rssBytes() < 1L << 41;
    long bytes = (twice ? 200 : 100) * Memory.MIB;
    return readable
        ? rss(reading, bytes)
            .withBlocks(reading.blocks() == MemoryReading.ABSENT ? reading.blocks() : 1_000_000)
            .withTraced(reading.tracedBytes())
            .withLimit(reading.limitBytes())
        : reading;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("steady")
  void processThatDoesNotGrowIsNeverAccused(String what, List<MemoryReading> readings) {
    Run run = Run.of(readings);

    assertThat(run.outcomes()).doesNotContainKey("told");
    assertThat(run.verdict()).as(run.outcomes().toString()).isEqualTo(new LeakVerdict.Steady());
  }

  @Test
  void clockThatIsSetBackSilencesForFourBuckets() {
    List<MemoryReading> readings =
        leak().stream().map(r -> r.atMs() < BREAK_MS ? r : at(r, r.atMs() - 2 * HOUR_MS)).toList();

    Map<String, Integer> outcomes = Run.of(readings).outcomes();

    assertThat(outcomes)
        .containsEntry("CLOCK_BEHIND", 48)
        .containsEntry("believed CLOCK_BEHIND", 1);
  }

  @Test
  void singleReadingThatIsAheadIsIgnoredAndForgotten() {
    LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);
    LeakState known = Run.of(leak()).state();
    long nextMs = Memory.START_MS + 24 * HOUR_MS;
    MemoryReading ahead = at(Memory.at(0, 480), nextMs + 2 * HOUR_MS);

    LeakStep first = detector.next(known, ahead);
    LeakStep back = detector.next(first.state(), at(ahead, nextMs));
    LeakStep again = detector.next(back.state(), ahead);
    LeakStep confirmed = detector.next(again.state(), at(ahead, ahead.atMs() + 10_000));

    assertThat(first.outcome()).isEqualTo(new Ignored(Reason.CLOCK_AHEAD));
    assertThat(back.outcome()).isNotInstanceOf(Ignored.class);
    assertThat(again.outcome()).isEqualTo(new Ignored(Reason.CLOCK_AHEAD));
    assertThat(confirmed.outcome()).isEqualTo(new Believed(Reason.CLOCK_AHEAD));
  }
}
