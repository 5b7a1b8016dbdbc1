package dev.hognose.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TotalsTest {

  private final Readings process = new Readings(1);

  /** A pool's threads are told as one, and a thread's second loop has a number of its own. */
  @ParameterizedTest
  @CsvSource({
    "MainThread, MainThread, 5",
    "MainThread, worker-#, 0",
    "MainThread#2, MainThread, 5",
    "worker-17, worker-#, 5",
    "worker-0, worker-#, 5",
    "worker-9#3, worker-#, 5",
    "worker, worker-#, 0",
    "pool0, pool#, 5",
    "pool9, pool#, 5",
    "7, #, 5",
    "a/b:c, a/b:c, 5",
  })
  void onlyThreadsWithALoopWaitInTheRunQueue(String loop, String thread, long seconds) {
    ThreadCpu waited = new ThreadCpu(thread, Duration.ZERO, Duration.ofSeconds(5));
    Sample sample = sample(loops(loop)).threadCpu(List.of(waited)).build();

    assertThat(Totals.first(sample).waits().runQueue()).isEqualTo(Duration.ofSeconds(seconds));
  }

  @Test
  void loopsAreKeptByNameInWhateverOrderTheyAreTold() {
    Totals totals = Totals.first(sample(loops("c", "a", "d", "b")).build());

    assertThat(totals.loops()).extracting(LoopTotals::name).containsExactly("a", "b", "c", "d");
    assertThat(totals.hasLoop("c")).isTrue();
    assertThat(totals.hasLoop("bb")).isFalse();
    assertThat(totals.hasLoop("e")).isFalse();
    assertThat(totals.loop("e")).isEqualTo(LoopTotals.none("e"));
  }

  @Test
  void aNameToldTwiceIsOneLoop() {
    Totals totals = Totals.first(sample(loops("a", "b", "a")).build());

    assertThat(totals.loops()).extracting(LoopTotals::name).containsExactly("a", "b");
  }

  @Test
  void ofMoreLoopsThanThereIsRoomForTheFirstByNameAreKept() {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < 17; i++) {
      names.add("loop-" + (char) ('a' + i));
    }
    List<String> most = List.copyOf(names.subList(0, 16));
    Collections.reverse(names);
    Totals totals = Totals.first(sample(loops(names.toArray(String[]::new))).build());

    assertThat(totals.loops()).extracting(LoopTotals::name).containsExactlyElementsOf(most);
  }

  /** Its lag would be counted from the beginning in each minute. */
  @Test
  void aLoopWithoutRoomTellsNoTime() {
    String[] names = new String[17];
    Arrays.setAll(names, i -> "loop-" + (char) ('a' + i));
    Sample early = sample(loops(names)).build();
    Sample late =
        SampleBuilder.of(process.process(), 2, early.at().plusSeconds(10))
            .loops(loops(names))
            .build();
    Totals before = Totals.first(early);
    ProcessMinute minute = ProcessMinute.between(before, before.next(late), late);

    assertThat(minute.loop().watched()).isEqualTo(Duration.ofSeconds(160));
  }

  private SampleBuilder sample(List<EventLoop> loops) {
    return SampleBuilder.of(process.process(), 1, Readings.T0).loops(loops);
  }

  private static List<EventLoop> loops(String... names) {
    return Arrays.stream(names)
        .map(name -> new EventLoop(name, "asyncio", Histogram.EMPTY, Duration.ZERO, 0, List.of()))
        .toList();
  }
}
