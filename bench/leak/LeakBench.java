import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.LeakStep;
import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.MemoryReading;
import dev.hognose.leak.ServiceDetector;
import dev.hognose.leak.ServiceHistory;
import dev.hognose.leak.ServiceStep;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * What judging leaks costs in CPU time and bytes, in one thread, with a heap of 1 GiB. Figures are
 * medians over rounds after as many rounds of warming up.
 */
public final class LeakBench {

  private static final long T0 = 1_763_632_800_000L;
  private static final long MINUTE = 60_000;
  private static final int ROUNDS = 7;

  private final LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);
  private long sink;

  public static void main(String[] args) {
    if (args.length > 0) {
      System.err.println("run takes no arguments");
      System.exit(args[0].equals("--help") ? 0 : 2);
    }
    LeakBench bench = new LeakBench();
    bench.samples();
    bench.fleet();
    bench.service("a service of 1,000 processes, a tenth leaks", 1_000, 10, 1);
    bench.service("a service of 1,000 processes, every one leaks", 1_000, 1, 1);
    bench.service("a service of 20 processes and 1,000 restarts", 20, 1, 50);
  }

  private static void tell(String what, double value, String unit, String limit) {
    System.out.printf(Locale.ROOT, "%-58s %,12.2f %-6s %s%n", what, value, unit, limit);
  }

  private static MemoryReading reading(long ms, long leakedKib) {
    long bytes = (100L << 20) + (leakedKib << 10) + (ms / 1_000 * 7919 & 0xfffff);
    return MemoryReading.of(ms, bytes).withUss(bytes).withBlocks(bytes / 64).withStart(T0);
  }

  /** A day of one process that leaks slowly, a sample each ten seconds. */
  private void samples() {
    List<MemoryReading> day = new ArrayList<>();
    for (int n = 0; n < 8_640; n++) {
      day.add(reading(T0 + n * 10_000L, n / 4));
    }
    LeakState[] states = new LeakState[day.size() + 1];
    states[0] = LeakState.initial();
    for (int n = 0; n < day.size(); n++) {
      states[n + 1] = detector.next(states[n], day.get(n)).state();
    }
    List<Integer> closing = new ArrayList<>();
    List<Integer> open = new ArrayList<>();
    for (int n = 0; n < day.size(); n++) {
      (states[n + 1].hasRingsOf(states[n]) ? open : closing).add(n);
    }
    tell("a sample that closes no bucket", cost(states, day, open), "us", "bar: 1");
    tell("a sample that closes a bucket, mean of all", cost(states, day, closing), "us", "bar: 50");
    tell("the same, the dearest of a day, 8 levels close", dearest(states, day, closing), "us", "bar: 50");
    LeakState last = states[day.size()];
    tell("packed, what every sample changes", last.packOpen().length, "bytes", "");
    tell("packed, the rings", last.packRings().length, "bytes", "bar: 3,072 with the above");
    tell("a closing with packing and unpacking", packed(states, day, closing), "us", "");
  }

  private double cost(LeakState[] states, List<MemoryReading> day, List<Integer> which) {
    return micros(
        which.size(),
        round -> {
          for (int n : which) {
            sink += detector.next(states[n], day.get(n)).state().hashCode();
          }
        });
  }

  private double dearest(LeakState[] states, List<MemoryReading> day, List<Integer> closing) {
    double most = 0;
    for (int n = closing.size() / 2; n < closing.size(); n++) {
      int at = closing.get(n);
      double best = Double.MAX_VALUE;
      for (int again = 0; again < 20; again++) {
        long from = System.nanoTime();
        sink += detector.next(states[at], day.get(at)).state().hashCode();
        best = Math.min(best, (System.nanoTime() - from) / 1e3);
      }
      most = Math.max(most, best);
    }
    return most;
  }

  private double packed(LeakState[] states, List<MemoryReading> day, List<Integer> closing) {
    byte[][] rings = new byte[states.length][];
    for (int n : closing) {
      rings[n] = states[n].packRings();
    }
    return micros(
        closing.size(),
        round -> {
          for (int n : closing) {
            LeakState before = states[n].withRings(rings[n]);
            sink += detector.next(before, day.get(n)).state().packRings().length;
          }
        });
  }

  /** CPU time of one of so many, in microseconds. */
  private static double micros(int times, LongConsumer round) {
    double[] rounds = new double[ROUNDS];
    for (int n = -ROUNDS; n < ROUNDS; n++) {
      long from = cpu();
      round.accept(n);
      if (n >= 0) {
        rounds[n] = (cpu() - from) / 1e3 / times;
      }
    }
    Arrays.sort(rounds);
    return rounds[ROUNDS / 2];
  }

  private static long cpu() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  /** A hundred thousand processes with full rings, as the streams keep them. */
  private void fleet() {
    int processes = 100_000;
    LeakState like = LeakState.initial();
    for (int n = 0; n < 8_640; n++) {
      like = detector.next(like, reading(T0 + n * 10_000L, n / 4)).state();
    }
    byte[] open = like.packOpen();
    byte[] rings = like.packRings();
    System.gc();
    long before = used();
    LeakState[] states = new LeakState[processes];
    byte[][] stored = new byte[processes][];
    for (int p = 0; p < processes; p++) {
      stored[p] = rings.clone();
      states[p] = LeakState.unpackOpen(open).withRings(stored[p]);
    }
    System.gc();
    tell("100,000 processes' states in the heap", (used() - before) / 1048576.0, "MiB", "bar: 1,024");
    long from = cpu();
    int rounds = 13;
    for (int n = 0; n < rounds; n++) {
      for (int p = 0; p < processes; p++) {
        MemoryReading reading = reading(T0 + (8_640 + n) * 10_000L, 2_160 + n);
        LeakStep step = detector.next(states[p], reading);
        if (step.state().hasRingsOf(states[p])) {
          states[p] = step.state();
        } else {
          stored[p] = step.state().packRings();
          states[p] = step.state().withRings(stored[p]);
        }
      }
    }
    double seconds = (cpu() - from) / 1e9;
    tell("their samples a second of CPU time", rounds * processes / seconds, "1/s", "bar: 10,000");
    sink += states.length + stored.length;
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }

  /** What lives of a service show over a day, and what taking it costs. */
  private void service(String name, int places, int leakEvery, int livesEach) {
    List<LifeObservation> shown = new ArrayList<>();
    long lifeMs = 24 * 60 * MINUTE / livesEach;
    for (int place = 0; place < places; place++) {
      for (int life = 0; life < livesEach; life++) {
        live(String.format("web-%04d/7", place), life * lifeMs, lifeMs, place % leakEvery == 0, shown);
      }
    }
    shown.sort(Comparator.comparingLong(LifeObservation::atMs));
    ServiceDetector together = ServiceDetector.beside(LeakPolicy.PAGER).orElseThrow();
    ServiceHistory history = ServiceHistory.initial();
    long longest = 0;
    long from = cpu();
    for (LifeObservation observation : shown) {
      long one = cpu();
      ServiceStep step = together.next(history, observation);
      history = step.history();
      longest = Math.max(longest, cpu() - one);
    }
    tell(name, (cpu() - from) / 1e3 / shown.size(), "us", "of CPU an observation");
    tell("  the longest closing of a stretch", longest / 1e6, "ms", "");
    tell("  history", history.withoutWaiting().pack().length / 1024.0, "KiB", "");
    tell("  observations a day", shown.size(), "", "");
  }

  private void live(String place, long fromMs, long lifeMs, boolean leaks, List<LifeObservation> shown) {
    LeakState state = LeakState.initial();
    long startMs = T0 + fromMs;
    for (long ms = 0; ms < lifeMs; ms += MINUTE) {
      long kib = leaks ? ms / 1_000 / 2 : 0;
      long bytes = (100L << 20) + (kib << 10) + (ms / 1_000 * 7919 & 0xfffff);
      MemoryReading reading =
          MemoryReading.of(startMs + ms, bytes).withBlocks(bytes / 64).withStart(startMs);
      LeakState before = state;
      state = detector.next(state, reading).state();
      LifeObservation.between(place, before, state).ifPresent(shown::add);
    }
  }
}
