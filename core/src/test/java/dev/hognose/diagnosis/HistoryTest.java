package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What changed over readings, and what nobody knows of it. */
class HistoryTest {

  @Test
  void hasAReading() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new History(List.of(), Named.NONE, HotThreads.NONE))
        .withMessage("history of no readings: expected 1 or more");
  }

  @ParameterizedTest
  @CsvSource({"1, 30, 10", "2, 20, 20", "3, 10, 30", "4, 0, 40", "9, 0, 40"})
  void lastWindowsAreOneStretchAsFarAsThereAreSoMany(int windows, double from, double seconds) {
    Span span = new Readings().level(Figure.THREADS, 1).history(5).lastAsOne(windows);

    assertThat(span.from().at()).isEqualTo(Shop.at(from));
    assertThat(span.seconds()).isEqualTo(seconds);
  }

  /** A birth has no figures that a sample has: windows are counted from the first sample on. */
  @ParameterizedTest
  @CsvSource({"1, 20", "2, 10", "3, 10"})
  void whatIsMeasuredBeginsWithTheFirstSample(int windows, double from) {
    List<Reading> readings = new ArrayList<>(List.of(Reading.birth(Shop.at(0))));
    readings.addAll(new Readings().total(Figure.GIL_WAITS, 5).history(4).readings().subList(1, 4));

    Span measured = new History(readings, Named.NONE, HotThreads.NONE).lastMeasured(windows);

    assertThat(measured.from().at()).isEqualTo(Shop.at(from));
    assertThat(measured.grown(Figure.GIL_WAITS)).isNotNaN();
  }

  @Test
  void ofABirthAloneNothingIsMeasured() {
    History history = new History(List.of(Reading.birth(Shop.at(0))), Named.NONE, HotThreads.NONE);

    assertThat(history.lastMeasured(3).seconds()).isZero();
  }

  @ParameterizedTest
  @CsvSource({"5, 7, 2", "5, 5, 0", "5, 4, NaN", "NaN, 5, NaN", "5, NaN, NaN"})
  void aTotalGrowsUnlessItBeganAnewOrWasNotRead(double from, double to, Double grown) {
    Span span = new Span(with(Figure.GC_SECONDS, from), with(Figure.GC_SECONDS, to));

    assertThat(span.grown(Figure.GC_SECONDS)).isEqualTo(grown);
  }

  @Test
  void aNameThatIsNewBeganAtZeroUnlessThereWereMoreThanAreKept() {
    Reading one = withCounter("a", 5);
    Reading few = Reading.of(Shop.at(0), 1, Map.of(), Map.of());

    assertThat(new Span(few, one).grown(Group.COUNTER, 0)).isEqualTo(5);
    assertThat(new Span(one, one).grown(Group.COUNTER, 0)).isZero();
    assertThat(new Span(crowded(), one).grown(Group.COUNTER, 0)).isNaN();
  }

  /** The agent tells the ten busiest, with what they have used since the process began. */
  @Test
  void aThreadThatComesAmongTheBusiestHasNotUsedAllThatNow() {
    Readings before = new Readings();
    for (int n = 0; n < 10; n++) {
      before.thread("pool-" + n, 1);
    }
    Named eleventh = new Named(Names.of(List.of("late")), new double[] {3000});
    Reading after = Reading.of(Shop.at(120), 9, Map.of(), Map.of(Group.THREAD_CPU, eleventh));

    Span span = new Span(before.history(1).newest(), after);

    assertThat(span.grown(Group.THREAD_CPU, 0)).isNaN();
    assertThat(new Span(after, after).grown(Group.THREAD_CPU, 0)).isZero();
  }

  /** Levels, oldest first, and how far the last ones fell from what was highest before. */
  @ParameterizedTest
  @CsvSource({
    "1 2 3 4, 3, 0",
    "4 3 2 1, 3, 3",
    "4 3 2 1, 2, 2",
    "1 9 5 7, 3, 4",
    "1 9 5 9 3, 4, 6",
    "5 1 4 2, 3, 4"
  })
  void largestFallIsFromTheHighestBeforeIt(String levels, int last, double fall) {
    assertThat(series(levels).largestFall(last)).isEqualTo(fall);
  }

  @Test
  void aSeriesBeginsBehindTheLastReadingThatDoesNotHaveIt() {
    Series series = series("1 2 NaN 4 5");

    assertThat(series.size()).isEqualTo(2);
    assertThat(series.back(0)).isEqualTo(5);
    assertThat(series.back(1)).isEqualTo(4);
    assertThat(series.time(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(series("1 2 NaN").size()).isZero();
    assertThat(series("1 2").size()).isEqualTo(2);
  }

  private static Series series(String levels) {
    List<Reading> readings = new ArrayList<>();
    for (String level : levels.split(" ", -1)) {
      int number = readings.size();
      Map<Figure, Double> figures = Map.of(Figure.THREADS, Double.parseDouble(level));
      readings.add(Reading.of(Shop.at(10.0 * number), number + 1L, figures, Map.of()));
    }
    return new History(readings, Named.NONE, HotThreads.NONE).series(Figure.THREADS);
  }

  private static Reading with(Figure figure, double value) {
    return Reading.of(Shop.at(0), 1, Map.of(figure, value), Map.of());
  }

  private static Reading withCounter(String name, double value) {
    Named counters = new Named(Names.of(List.of(name)), new double[] {value});
    return Reading.of(Shop.at(10), 2, Map.of(), Map.of(Group.COUNTER, counters));
  }

  private static Reading crowded() {
    Readings readings = new Readings();
    for (int n = 0; n < ReadingOfSample.MOST_NAMES; n++) {
      readings.counter("x" + n, "", 1);
    }
    return readings.history(1).newest();
  }
}
