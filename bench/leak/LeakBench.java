package dev.hognose.bench;

import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.LeakStep;
import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceHistory;
import dev.hognose.leak.ServiceStep;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** What judging leaks costs, in one thread with a heap of 1 GiB. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(value = 1, jvmArgsAppend = {"-Xmx1g", "-XX:+UseParallelGC"})
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
public class LeakBench {

  /** A process's day: each of its samples is taken again and again with the state before it. */
  @State(Scope.Thread)
  public static class Day {
    private final LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);
    private final LeakState[] states = LeakyDay.states(detector);
    private final int[] open =
        IntStream.range(0, LeakyDay.SAMPLES).filter(n -> !closes(n)).toArray();
    private final int[] closing = IntStream.range(0, LeakyDay.SAMPLES).filter(this::closes).toArray();

    /** The last whose floor is the first of a bucket of the widest level, so that all close. */
    private final int dearest = dearest();

    private byte[][] rings;
    private int next;

    private boolean closes(int n) {
      return !states[n + 1].hasRingsOf(states[n]);
    }

    private int dearest() {
      return Arrays.stream(closing).filter(n -> closed(n) % 128 == 0).max().orElseThrow();
    }

    /** The bucket that a sample closes. */
    private static long closed(int n) {
      double buckets = (double) LeakyDay.reading(n).atMs() / LeakPolicy.PAGER.bucket().toMillis();
      return (long) (buckets - LeakPolicy.PAGER.graceBuckets()) - 1;
    }

    @Setup
    public void pack() {
      rings = new byte[states.length][];
      for (int n : closing) {
        rings[n] = states[n].packRings();
      }
    }

    private LeakStep take(int[] which) {
      int n = which[next++ % which.length];
      return detector.next(states[n], LeakyDay.reading(n));
    }
  }

  @Benchmark
  public LeakStep aSampleThatClosesNoBucket(Day day) {
    return day.take(day.open);
  }

  @Benchmark
  public LeakStep aSampleThatClosesABucket(Day day) {
    return day.take(day.closing);
  }

  @Benchmark
  public LeakStep aSampleThatClosesABucketOfEveryLevel(Day day) {
    return day.detector.next(day.states[day.dearest], LeakyDay.reading(day.dearest));
  }

  @Benchmark
  public byte[] aClosingWithUnpackingAndPacking(Day day) {
    int n = day.closing[day.next++ % day.closing.length];
    LeakState before = day.states[n].withRings(day.rings[n]);
    return day.detector.next(before, LeakyDay.reading(n)).state().packRings();
  }

  /** A hundred thousand processes with full rings, as the streams keep them. */
  @State(Scope.Thread)
  public static class Fleet {
    static final int PROCESSES = 100_000;

    private final LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);
    private final LeakState[] states = new LeakState[PROCESSES];
    private final byte[][] stored = new byte[PROCESSES][];
    private int process;
    private int round;

    @Setup
    public void live() {
      LeakState[] day = LeakyDay.states(detector);
      byte[] open = LeakyDay.open(day[LeakyDay.SAMPLES]);
      byte[] rings = day[LeakyDay.SAMPLES].packRings();
      for (int p = 0; p < PROCESSES; p++) {
        stored[p] = rings.clone();
        states[p] = LeakyDay.state(open).withRings(stored[p]);
      }
    }

    LeakState next() {
      LeakStep step = detector.next(states[process], LeakyDay.reading(LeakyDay.SAMPLES + round));
      LeakState state = step.state();
      if (!state.hasRingsOf(states[process])) {
        stored[process] = state.packRings();
        state = state.withRings(stored[process]);
      }
      states[process] = state;
      process = (process + 1) % PROCESSES;
      round += process == 0 ? 1 : 0;
      return state;
    }
  }

  @Benchmark
  public LeakState aSampleOfAFleet(Fleet fleet) {
    return fleet.next();
  }

  /** A service of a thousand processes, the last stretch of whose day is judged. */
  @State(Scope.Thread)
  public static class Service {
    private final ServiceDetector detector = ServiceDetector.beside(LeakPolicy.PAGER).orElseThrow();
    private ServiceHistory history = ServiceHistory.initial();
    private long stretch;
    private List<LifeObservation> last = List.of();

    @Setup
    public void live() {
      TreeMap<Long, List<LifeObservation>> day =
          LeakyDay.service(1_000).stream()
              .collect(
                  Collectors.groupingBy(
                      each -> detector.stretch(each, 0), TreeMap::new, Collectors.toList()));
      stretch = day.lastKey();
      last = day.remove(stretch);
      day.forEach((number, shown) -> history = detector.judge(history, number, shown).history());
    }
  }

  @Benchmark
  public ServiceStep aStretchOfAService(Service service) {
    return service.detector.judge(service.history, service.stretch, service.last);
  }
}
