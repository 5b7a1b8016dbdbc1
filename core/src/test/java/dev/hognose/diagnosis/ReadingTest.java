package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which reading stands for its window, and what it does not know. */
class ReadingTest {

  @ParameterizedTest
  @CsvSource({
    "4, 7, 5, 7, true",
    "5, 7, 4, 7, false",
    "4, 6, 4, 7, true",
    "4, 7, 4, 7, false",
    "4, 8, 4, 7, false",
    "5, 6, 4, 7, false"
  })
  void theEarlierOneStandsForItsWindow(
      long second, long sequence, long otherSecond, long otherSequence, boolean precedes) {
    assertThat(empty(second, sequence).precedes(empty(otherSecond, otherSequence)))
        .isEqualTo(precedes);
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "9, 0", "10, 1", "19, 1", "20, 2", "-1, -1"})
  void windowsFollowEachOtherFromTheEpochOn(long second, long window) {
    assertThat(empty(second, 1).window(Duration.ofSeconds(10))).isEqualTo(window);
  }

  @ParameterizedTest
  @CsvSource({"9, false", "10, true", "11, true"})
  void aGroupIsFullWhenNoMoreNamesAreTold(int names, boolean isFull) {
    Reading reading = withThreads(names);

    assertThat(reading.isFull(Group.THREAD_CPU)).isEqualTo(isFull);
    assertThat(reading.group(Group.THREAD_CPU).size()).isEqualTo(names);
    assertThat(reading.group(Group.TASKS)).isEqualTo(Named.NONE);
  }

  @Test
  void whatWasNotReadIsNotANumber() {
    Reading reading = Reading.of(Instant.EPOCH, 1, Map.of(Figure.CHILDREN, 0.0), Map.of());

    assertThat(reading.figure(Figure.CHILDREN)).isZero();
    assertThat(reading.figure(Figure.THREADS)).isNaN();
    assertThat(Reading.birth(Instant.EPOCH)).isEqualTo(Reading.NONE);
  }

  @Test
  void isEqualToOneWithTheSameFiguresAndNames() {
    Reading reading = withThreads(2);

    assertThat(reading)
        .isEqualTo(withThreads(2))
        .hasSameHashCodeAs(withThreads(2))
        .isNotEqualTo(withThreads(1))
        .isNotEqualTo(empty(0, 1))
        .isNotEqualTo(Reading.NONE);
    assertThat(empty(4, 7)).isNotEqualTo(empty(4, 8)).isNotEqualTo(empty(5, 7));
    assertThat(reading.hashCode()).isNotEqualTo(empty(1, 1).hashCode());
    assertThat(reading.toString()).contains("at=1970-01-01T00:00:00Z, sequence=1, figures=[8.0,");
  }

  /** Only the names are asked for: what they count is another in each reading. */
  @Test
  void namesAreSharedWhenTheyAreTheSameOnesAndNotOnlyEqual() {
    Names names = Names.of(List.of("MainThread", "worker-#"));
    Reading reading = withThreads(names, 1, 2);

    assertThat(reading.sharesNamesOf(withThreads(names, 3, 4))).isTrue();
    assertThat(
            reading.sharesNamesOf(withThreads(Names.of(List.of("MainThread", "worker-#")), 1, 2)))
        .isFalse();
    assertThat(reading.sharesNamesOf(empty(0, 1))).isFalse();
  }

  private static Reading withThreads(Names names, double... cpu) {
    return Reading.of(Instant.EPOCH, 1, Map.of(), Map.of(Group.THREAD_CPU, new Named(names, cpu)));
  }

  private static Reading empty(long second, long sequence) {
    return Reading.of(Instant.ofEpochSecond(second), sequence, Map.of(), Map.of());
  }

  private static Reading withThreads(int number) {
    List<String> names = IntStream.range(10, 10 + number).mapToObj(n -> "worker-" + n).toList();
    Named threads = new Named(Names.of(names), new double[number]);
    return Reading.of(
        Instant.EPOCH, 1, Map.of(Figure.THREADS, 8.0), Map.of(Group.THREAD_CPU, threads));
  }
}
