package dev.hognose.diagnosis;

import dev.hognose.alert.Wording;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes from a sample what is kept of it, names made legible. */
final class ReadingOfSample {

  /** Of one group; the agent tells fewer, and what a strange one tells must not fill a store. */
  static final int MOST_NAMES = 64;

  private static final int LONGEST_NAME = 300;

  private final Map<Figure, Double> figures = new EnumMap<>(Figure.class);
  private final TreeMap<Name, Double> named = new TreeMap<>();

  private ReadingOfSample() {}

  static Reading of(Sample sample) {
    ReadingOfSample reading = new ReadingOfSample();
    reading.takeLevels(sample);
    reading.takeTotals(sample);
    reading.takeCollector(sample.gc());
    reading.takeNamed(sample);
    return new Reading(sample.at(), sample.sequence(), reading.figures, reading.named);
  }

  private void takeLevels(Sample sample) {
    put(Figure.THREADS, sample.kernel().threads());
    sample.kernel().openFds().ifPresent(fds -> put(Figure.OPEN_FDS, fds));
    sample.kernel().maxFds().ifPresent(limit -> put(Figure.FD_LIMIT, limit));
    sample.kernel().children().ifPresent(each -> put(Figure.CHILDREN, each.count()));
    sample.container().cpuLimitCores().ifPresent(cores -> put(Figure.CPU_LIMIT_CORES, cores));
    if (!sample.nativePools().isEmpty()) {
      put(Figure.POOL_THREADS, sample.nativePools().stream().mapToLong(NativePool::threads).sum());
    }
  }

  private void takeTotals(Sample sample) {
    put(Figure.CPU_SECONDS, seconds(sample.cpu().total()));
    put(Figure.GIL_WAIT_SECONDS, sample.gilWait().sumSeconds());
    put(Figure.GIL_WAITS, sample.gilWait().count());
    put(Figure.INVOLUNTARY_SWITCHES, sample.kernel().involuntarySwitches());
    sample
        .container()
        .throttled()
        .ifPresent(throttled -> put(Figure.THROTTLED_SECONDS, seconds(throttled)));
    if (!sample.threadCpu().isEmpty()) {
      put(
          Figure.RUN_QUEUE_SECONDS,
          sample.threadCpu().stream().mapToDouble(each -> seconds(each.runQueue())).sum());
    }
  }

  private void takeCollector(GarbageCollector gc) {
    put(Figure.GC_SECONDS, gc.pause().sumSeconds());
    put(Figure.GARBAGE, gc.garbage());
    List<GarbageCollector.Generation> generations = gc.generations();
    if (!generations.isEmpty()) {
      GarbageCollector.Generation oldest = generations.get(generations.size() - 1);
      put(Figure.FULL_COLLECTIONS, oldest.collections());
      put(Figure.FULL_COLLECTED, oldest.collected());
      put(
          Figure.UNCOLLECTABLE,
          generations.stream().mapToLong(GarbageCollector.Generation::uncollectable).sum());
    }
  }

  private void takeNamed(Sample sample) {
    sample.threadCpu().stream()
        .sorted(Comparator.comparing(ThreadCpu::cpu).reversed())
        .forEach(each -> put(Group.THREAD_CPU, legible(each.name()), seconds(each.cpu())));
    sample.counters().stream()
        .sorted(Comparator.comparingLong(NamedCounter::total).reversed())
        .forEach(
            each ->
                put(
                    Group.COUNTER,
                    legible(each.name()) + "\n" + legible(each.site()),
                    (double) each.total()));
    sample.loops().stream()
        .map(EventLoop::tasksByCoroutine)
        .flatMap(List::stream)
        .sorted(Comparator.comparingInt(TaskGroup::count).reversed())
        .forEach(this::take);
    sample
        .agent()
        .dropped()
        .forEach((reason, n) -> put(Group.DROPPED, legible(reason), (double) n));
  }

  private void take(TaskGroup tasks) {
    String coroutine = legible(tasks.coroutine());
    put(Group.TASKS, coroutine, tasks.count());
    Name age = new Name(Group.TASK_AGE, coroutine);
    double oldest = Math.max(named.getOrDefault(age, 0.0), seconds(tasks.oldest()));
    if (named.containsKey(new Name(Group.TASKS, coroutine))) {
      named.put(age, oldest);
    }
  }

  /** A count is exact up to 2^53. */
  private void put(Figure figure, long count) {
    put(figure, (double) count);
  }

  private void put(Figure figure, double value) {
    figures.put(figure, value);
  }

  /** Adds to what has the name already; of too many names the first stay. */
  private void put(Group group, String text, double value) {
    Name name = new Name(group, text);
    boolean isFull = named.size() >= MOST_NAMES && size(group) >= MOST_NAMES;
    if (!isFull || named.containsKey(name)) {
      named.merge(name, value, Double::sum);
    }
  }

  private int size(Group group) {
    return named.subMap(new Name(group, ""), new Name(group, "\uFFFF")).size();
  }

  private static String legible(String text) {
    return Wording.legible(text, LONGEST_NAME);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }
}
