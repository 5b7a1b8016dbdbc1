package dev.hognose.leak;

import static dev.hognose.leak.ServiceLives.leak;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A leak stands while the limit of its process is changed: its hours to the limit follow. */
class LimitChangeTest {

  private static final double MIB_PER_HOUR = 20;
  private static final Duration STANDING = Duration.ofHours(24);

  /** A bucket, and the grace after it. */
  private static final Duration BUCKET_MORE = Duration.ofMinutes(5);

  private static double hoursTo(long limitMib, double hoursGrown) {
    return ((double) limitMib - 100 - MIB_PER_HOUR * hoursGrown) / MIB_PER_HOUR;
  }

  @ParameterizedTest
  @ValueSource(longs = {600, 700, 1024, 2048, 100_000})
  void aProcessAloneTellsItWhenItsNextBucketCloses(long limitMib) {
    long changedMs = Memory.START_MS + STANDING.toMillis();
    List<MemoryReading> readings =
        Memory.growing(STANDING.plus(BUCKET_MORE), hours -> MIB_PER_HOUR * hours).stream()
            .map(
                reading ->
                    reading.atMs() < changedMs ? reading : reading.withLimit(limitMib * Memory.MIB))
            .toList();

    LeakState state = Told.by(new LeakDetector(LeakPolicy.PAGER), readings).state();

    double hours = state.ownLeak().orElseThrow().growth().hoursToLimit().orElseThrow();
    // A ring's last floor may be half an hour old.
    assertThat(hours).isCloseTo(hoursTo(limitMib, 24), within(1.0));
  }

  @ParameterizedTest
  @ValueSource(longs = {900, 1024, 4096, 100_000})
  void aServiceTellsItWithItsNextWord(long limitMib) {
    ServiceLives lives = new ServiceLives().limit(29.9, limitMib);
    for (String place : List.of("a", "b", "c")) {
      lives.life(place, 0, 30.5, leak(MIB_PER_HOUR));
    }

    Map<String, ServiceWord> words = lastWords(lives.observations());

    assertThat(words).containsOnlyKeys("a", "b", "c");
    assertThat(words.values())
        .allSatisfy(
            word -> {
              assertThat(word.footprint().limit().orElseThrow().count())
                  .isEqualTo(limitMib * Memory.MIB);
              assertThat(word.leak().orElseThrow().hoursToLimit().orElseThrow())
                  .isCloseTo(hoursTo(limitMib, 30.3), within(2.5));
            });
  }

  private static Map<String, ServiceWord> lastWords(List<LifeObservation> observations) {
    ServiceDetector detector = new ServiceDetector(ServicePolicy.DEFAULT);
    TreeMap<Long, List<LifeObservation>> stretches =
        observations.stream()
            .collect(
                Collectors.groupingBy(
                    each -> detector.stretch(each, 0), TreeMap::new, Collectors.toList()));
    ServiceHistory history = ServiceHistory.initial();
    List<ServiceWord> words = new ArrayList<>();
    for (Map.Entry<Long, List<LifeObservation>> over : stretches.entrySet()) {
      ServiceStep step = detector.judge(history, over.getKey(), over.getValue());
      history = step.history();
      words.addAll(step.words());
    }
    return words.stream()
        .collect(Collectors.toMap(ServiceWord::place, word -> word, (one, later) -> later));
  }
}
