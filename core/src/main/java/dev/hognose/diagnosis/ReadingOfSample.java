package dev.hognose.diagnosis;

import dev.hognose.alert.Wording;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Growing;
import dev.hognose.sample.GrowingKind;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Takes from a sample what is kept of it, names made legible. */
final class ReadingOfSample {

  /** Of one group; the agent tells fewer, and what a strange one tells must not fill a store. */
  static final int MOST_NAMES = 64;

  private static final int LONGEST_NAME = 300;

  private static final Comparator<ThreadCpu> BUSIEST =
      Comparator.comparing(ThreadCpu::cpu).reversed();
  private static final Comparator<NamedCounter> HIGHEST =
      Comparator.comparingLong(NamedCounter::total).reversed();
  private static final Comparator<TaskGroup> LARGEST =
      Comparator.comparingInt(TaskGroup::count).reversed();

  private final double[] figures = new double[Reading.FIGURES];
  private final Gathered[] groups = new Gathered[Reading.GROUPS];

  private ReadingOfSample() {
    Arrays.fill(figures, Double.NaN);
    Arrays.setAll(groups, group -> new Gathered());
  }

  /**
   * Reads one.
   *
   * @param before of the same process, whose lists of names are taken where they fit
   */
  static Reading of(Sample sample, Optional<Reading> before) {
    ReadingOfSample reading = new ReadingOfSample();
    reading.takeLevels(sample);
    reading.takeTotals(sample);
    reading.takeCollector(sample.gc());
    reading.takeNamed(sample);
    Named[] named = new Named[Reading.GROUPS];
    for (Group group : Group.values()) {
      Named known = before.isEmpty() ? Named.NONE : before.get().group(group);
      // Tasks and their ages have the same names.
      Named sister = group == Group.TASK_AGE ? named[Group.TASKS.code()] : Named.NONE;
      named[group.code()] = reading.gathered(group).sharingNamesOf(known, sister);
    }
    return Reading.keeping(sample.at(), sample.sequence(), reading.figures, named);
  }

  private void takeLevels(Sample sample) {
    put(Figure.THREADS, sample.kernel().threads());
    sample.kernel().openFds().ifPresent(fds -> put(Figure.OPEN_FDS, fds));
    sample.kernel().maxFds().ifPresent(limit -> put(Figure.FD_LIMIT, limit));
    sample.kernel().children().ifPresent(each -> put(Figure.CHILDREN, each.count()));
    sample.container().cpuLimitCores().ifPresent(cores -> put(Figure.CPU_LIMIT_CORES, cores));
    if (!sample.nativePools().isEmpty()) {
      long threads = 0;
      for (NativePool pool : sample.nativePools()) {
        threads += pool.threads();
      }
      put(Figure.POOL_THREADS, threads);
    }
  }

  private void takeTotals(Sample sample) {
    put(Figure.CPU_SECONDS, seconds(sample.cpu().total()));
    put(Figure.GIL_WAIT_SECONDS, seconds(sample.gilWait().sumSeconds()));
    put(Figure.GIL_WAITS, sample.gilWait().count());
    put(Figure.INVOLUNTARY_SWITCHES, sample.kernel().involuntarySwitches());
    sample
        .container()
        .throttled()
        .ifPresent(throttled -> put(Figure.THROTTLED_SECONDS, seconds(throttled)));
    if (!sample.threadCpu().isEmpty()) {
      Duration runQueue = Duration.ZERO;
      for (ThreadCpu thread : sample.threadCpu()) {
        runQueue = runQueue.plus(thread.runQueue());
      }
      put(Figure.RUN_QUEUE_SECONDS, seconds(runQueue));
    }
  }

  private void takeCollector(GarbageCollector gc) {
    put(Figure.GC_SECONDS, seconds(gc.pause().sumSeconds()));
    put(Figure.GARBAGE, gc.garbage());
    List<GarbageCollector.Generation> generations = gc.generations();
    if (!generations.isEmpty()) {
      GarbageCollector.Generation oldest = generations.get(generations.size() - 1);
      put(Figure.FULL_COLLECTIONS, oldest.collections());
      put(Figure.FULL_COLLECTED, oldest.collected());
      long uncollectable = 0;
      for (GarbageCollector.Generation each : generations) {
        uncollectable += each.uncollectable();
      }
      put(Figure.UNCOLLECTABLE, uncollectable);
    }
  }

  private void takeNamed(Sample sample) {
    for (ThreadCpu each : sorted(sample.threadCpu(), BUSIEST, new ThreadCpu[0])) {
      put(Group.THREAD_CPU, legible(each.name()), seconds(each.cpu()));
    }
    for (NamedCounter each : sorted(sample.counters(), HIGHEST, new NamedCounter[0])) {
      put(Group.COUNTER, legible(each.name()) + "\n" + legible(each.site()), (double) each.total());
    }
    for (TaskGroup each : sorted(tasks(sample), LARGEST, new TaskGroup[0])) {
      take(each);
    }
    sample
        .agent()
        .dropped()
        .forEach((reason, n) -> put(Group.DROPPED, legible(reason), (double) n));
    takeGrowing(sample.kernel().growing());
  }

  private void takeGrowing(Growing growing) {
    growing.threads().forEach(each -> take(Group.THREADS_GAINED, each));
    growing.descriptors().forEach(each -> take(Group.DESCRIPTORS_GAINED, each));
    growing.children().forEach(each -> take(Group.CHILDREN_GAINED, each));
  }

  private void take(Group group, GrowingKind each) {
    put(group, legible(each.kind()) + "\n" + legible(each.folder()), each.gained());
  }

  private static List<TaskGroup> tasks(Sample sample) {
    return sample.loops().size() == 1
        ? sample.loops().get(0).tasksByCoroutine()
        : sample.loops().stream().map(EventLoop::tasksByCoroutine).flatMap(List::stream).toList();
  }

  private static <T> T[] sorted(Collection<T> all, Comparator<T> order, T[] none) {
    T[] sorted = all.toArray(none);
    Arrays.sort(sorted, order);
    return sorted;
  }

  private void take(TaskGroup tasks) {
    String coroutine = legible(tasks.coroutine());
    put(Group.TASKS, coroutine, tasks.count());
    if (gathered(Group.TASKS).has(coroutine)) {
      gathered(Group.TASK_AGE).atLeast(coroutine, seconds(tasks.oldest()));
    }
  }

  private Gathered gathered(Group group) {
    return groups[group.code()];
  }

  /** A count is exact up to 2^53. */
  private void put(Figure figure, long count) {
    put(figure, (double) count);
  }

  private void put(Figure figure, double value) {
    figures[figure.code()] = value;
  }

  /** Adds to what has the name already; of too many names the first stay. */
  private void put(Group group, String name, double value) {
    Gathered gathered = gathered(group);
    if (gathered.size() < MOST_NAMES || gathered.has(name)) {
      gathered.add(name, value);
    }
  }

  private static String legible(String text) {
    return Wording.legible(text, LONGEST_NAME);
  }

  /** However long: many threads may have waited as long as one may say, and 64 bits hold three. */
  private static double seconds(Duration duration) {
    return seconds(duration.getSeconds() + duration.getNano() / 1e9);
  }

  /** To the millionth: what is judged are milliseconds, and a store has room for no more. */
  private static double seconds(double seconds) {
    return Math.rint(seconds * 1e6) / 1e6;
  }
}
