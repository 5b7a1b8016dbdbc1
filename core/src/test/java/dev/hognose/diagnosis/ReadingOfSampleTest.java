package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.fixture.ContainerBuilder;
import dev.hognose.fixture.KernelBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Children;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Growing;
import dev.hognose.sample.GrowingKind;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is kept of a sample: each figure under its own name, and of names those that count most. */
class ReadingOfSampleTest {

  @ParameterizedTest
  @CsvSource({
    "THREADS, 9",
    "OPEN_FDS, 30",
    "FD_LIMIT, 1024",
    "CHILDREN, 3",
    "POOL_THREADS, 10",
    "CPU_LIMIT_CORES, 1.5",
    "GARBAGE, 5",
    "CPU_SECONDS, 3.5",
    "THROTTLED_SECONDS, 0.75",
    "GIL_WAIT_SECONDS, 0.125",
    "GIL_WAITS, 42",
    "GC_SECONDS, 0.25",
    "FULL_COLLECTIONS, 7",
    "FULL_COLLECTED, 700",
    "UNCOLLECTABLE, 13",
    "RUN_QUEUE_SECONDS, 1.25",
    "INVOLUNTARY_SWITCHES, 77"
  })
  void eachFigureIsThatOfTheSample(Figure figure, double value) {
    assertThat(read(full()).figure(figure)).isEqualTo(value);
  }

  @ParameterizedTest
  @EnumSource(
      value = Figure.class,
      names = {
        "OPEN_FDS",
        "FD_LIMIT",
        "CHILDREN",
        "POOL_THREADS",
        "CPU_LIMIT_CORES",
        "THROTTLED_SECONDS",
        "FULL_COLLECTIONS",
        "FULL_COLLECTED",
        "UNCOLLECTABLE",
        "RUN_QUEUE_SECONDS"
      })
  void whatASampleDoesNotTellIsNotANumber(Figure figure) {
    assertThat(read(some()).figure(figure)).isNaN();
  }

  @Test
  void timesAreKeptToTheMillionth() {
    Duration cpu = Duration.ofNanos(1_234_567_890);

    assertThat(read(some().cpu(new Cpu(cpu, Duration.ZERO))).figure(Figure.CPU_SECONDS))
        .isEqualTo(1.234568);
  }

  @Test
  void ofTooManyThreadsTheBusiestStay() {
    List<ThreadCpu> threads = new ArrayList<>();
    for (int n = 1; n <= 70; n++) {
      threads.add(new ThreadCpu("worker-%02d".formatted(n), Duration.ofSeconds(n), Duration.ZERO));
    }
    threads.add(new ThreadCpu("worker-70", Duration.ofSeconds(2), Duration.ZERO));

    Named kept = read(some().threadCpu(threads)).group(Group.THREAD_CPU);

    assertThat(kept.size()).isEqualTo(64);
    assertThat(kept.name(0)).isEqualTo("worker-07");
    assertThat(kept.value("worker-70")).as("those of a name together").isEqualTo(72);
  }

  /** Each for nearly a century, as long as one may say. */
  @Test
  void threadsMayHaveWaitedLongerThanNanosecondsCount() {
    ThreadCpu waiting = new ThreadCpu("worker", Duration.ZERO, Duration.ofSeconds(3_100_000_000L));

    Reading reading = read(some().threadCpu(List.of(waiting, waiting, waiting)));

    assertThat(reading.figure(Figure.RUN_QUEUE_SECONDS)).isEqualTo(9.3e9);
  }

  @Test
  void ofTooManyCountersTheHighestStay() {
    List<NamedCounter> counters = new ArrayList<>();
    for (int n = 1; n <= 65; n++) {
      counters.add(new NamedCounter("exception/ValueError", "site %02d".formatted(n), n));
    }

    Named kept = read(some().counters(counters)).group(Group.COUNTER);

    assertThat(kept.size()).isEqualTo(64);
    assertThat(kept.name(0)).isEqualTo("exception/ValueError\nsite 02");
    assertThat(kept.value("exception/ValueError\nsite 65")).isEqualTo(65);
  }

  @Test
  void tasksOfAllLoopsAreCountedTogetherAndTheOldestTellsTheirAge() {
    Reading reading =
        read(
            some()
                .loops(
                    List.of(
                        loop(task("shop.poll", 2, 30), task("shop.price", 1, 4)),
                        loop(task("shop.poll", 3, 20)))));

    assertThat(reading.group(Group.TASKS))
        .isEqualTo(named(Map.of("shop.poll", 5.0, "shop.price", 1.0)));
    assertThat(reading.group(Group.TASK_AGE))
        .isEqualTo(named(Map.of("shop.poll", 30.0, "shop.price", 4.0)));
  }

  @Test
  void tasksThatAreNotKeptHaveNoAge() {
    List<EventLoop> loops = new ArrayList<>();
    for (int n = 10; n < 18; n++) {
      int number = n;
      loops.add(
          loop(
              IntStream.range(0, 10)
                  .mapToObj(each -> task("shop.task%d%d".formatted(number, each), 2, 1))
                  .toArray(TaskGroup[]::new)));
    }
    loops.add(loop(task("shop.alone", 1, 1)));

    Reading reading = read(some().loops(loops));

    assertThat(reading.group(Group.TASKS).size()).isEqualTo(64);
    assertThat(reading.group(Group.TASK_AGE).names()).isEqualTo(reading.group(Group.TASKS).names());
    assertThat(reading.group(Group.TASKS).value("shop.alone")).isNaN();
  }

  @Test
  void whatGrowsIsKeptByItsKind() {
    Growing growing =
        new Growing(
            List.of(new GrowingKind("notify", 9, 4, "")),
            List.of(new GrowingKind("file", 8, 3, "/srv/receipts")),
            List.of(new GrowingKind("ffmpeg", 7, 2, "")));

    Reading reading = read(some().kernel(KernelBuilder.of(1).growing(growing).build()));

    assertThat(reading.group(Group.THREADS_GAINED)).isEqualTo(named(Map.of("notify\n", 4.0)));
    assertThat(reading.group(Group.DESCRIPTORS_GAINED))
        .isEqualTo(named(Map.of("file\n/srv/receipts", 3.0)));
    assertThat(reading.group(Group.CHILDREN_GAINED)).isEqualTo(named(Map.of("ffmpeg\n", 2.0)));
  }

  @Test
  void whatWasDroppedIsKeptByItsReason() {
    Reading reading = read(some().agent(SampleBuilder.idleAgent(Map.of("outbox_full", 6L))));

    assertThat(reading.group(Group.DROPPED)).isEqualTo(named(Map.of("outbox_full", 6.0)));
  }

  @Test
  void namesAreLegibleAndOfBearableLength() {
    String endless = "x".repeat(400);
    ThreadCpu thread = new ThreadCpu("evil\n" + endless, Duration.ofSeconds(1), Duration.ZERO);
    NamedCounter counter = new NamedCounter("exception/E\n", "site\n", 1);

    Reading reading = read(some().threadCpu(List.of(thread)).counters(List.of(counter)));

    assertThat(reading.group(Group.THREAD_CPU).name(0)).hasSize(300).startsWith("evil\uFFFDxx");
    assertThat(reading.group(Group.COUNTER).name(0)).isEqualTo("exception/E\uFFFD\nsite\uFFFD");
  }

  @Test
  void namesThatStayAreSharedWithTheReadingBefore() {
    SampleBuilder sample =
        some().loops(List.of(loop(task("shop.poll", 2, 30)))).threadCpu(List.of(main()));
    Reading before = read(sample);

    Reading after = ReadingOfSample.of(sample.build(), Optional.of(before));

    assertThat(after).isEqualTo(before);
    for (Group group : List.of(Group.THREAD_CPU, Group.TASKS, Group.TASK_AGE)) {
      assertThat(after.group(group).names()).isSameAs(before.group(group).names());
    }
    assertThat(before.group(Group.TASK_AGE).names()).isSameAs(before.group(Group.TASKS).names());
  }

  private static Reading read(SampleBuilder sample) {
    return ReadingOfSample.of(sample.build(), Optional.empty());
  }

  private static SampleBuilder some() {
    return SampleBuilder.of(Shop.process(1), 1, Shop.at(0));
  }

  private static SampleBuilder full() {
    return some()
        .cpu(new Cpu(Duration.ofSeconds(3), Duration.ofMillis(500)))
        .kernel(
            KernelBuilder.of(9)
                .fds(30, 1024)
                .switches(11, 77)
                .children(new Children(3, Bytes.ofMebi(1), Duration.ZERO))
                .build())
        .container(
            ContainerBuilder.unlimited()
                .cpuLimitCores(1.5)
                .throttled(Duration.ofMillis(750))
                .build())
        .gc(collector())
        .gilWait(Histogram.of(new long[] {40, 2}, 0.125))
        .threadCpu(
            List.of(main(), new ThreadCpu("worker", Duration.ofSeconds(1), Duration.ofMillis(250))))
        .nativePools(List.of(new NativePool("libopenblas", 4), new NativePool("libgomp", 6)));
  }

  private static ThreadCpu main() {
    return new ThreadCpu("MainThread", Duration.ofSeconds(2), Duration.ofSeconds(1));
  }

  private static GarbageCollector collector() {
    return new GarbageCollector(
        List.of(
            new GarbageCollector.Generation(100, 1_000, 4),
            new GarbageCollector.Generation(7, 700, 9)),
        Histogram.of(new long[] {1}, 0.25),
        0,
        5,
        GarbageCollector.Mode.ENABLED);
  }

  private static EventLoop loop(TaskGroup... tasks) {
    return new EventLoop(
        "MainThread", "asyncio", Histogram.EMPTY, Duration.ZERO, tasks.length, List.of(tasks));
  }

  private static TaskGroup task(String coroutine, int count, long seconds) {
    return new TaskGroup(coroutine, count, Duration.ofSeconds(seconds));
  }

  private static Named named(Map<String, Double> values) {
    TreeMap<String, Double> inOrder = new TreeMap<>(values);
    return new Named(
        Names.of(List.copyOf(inOrder.keySet())),
        inOrder.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
