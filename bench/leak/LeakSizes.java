package dev.hognose.bench;

import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakState;
import java.util.Arrays;
import java.util.Locale;

/** How many bytes the state of a process takes, packed and in the heap; two lines of JSON. */
final class LeakSizes {

  private static final int PROCESSES = 100_000;

  private LeakSizes() {}

  public static void main(String[] args) {
    LeakState[] day = LeakyDay.states(new LeakDetector(LeakPolicy.PAGER));
    int most =
        Arrays.stream(day)
            .mapToInt(state -> LeakyDay.open(state).length + state.packRings().length)
            .max()
            .orElseThrow();
    System.out.printf(Locale.ROOT, "{\"packed_bytes\": %d, \"heap_mib\": %.2f}%n", most, heap(day));
  }

  /** As the streams keep them: what every sample changes as objects, the rings packed. */
  private static double heap(LeakState[] day) {
    byte[] open = LeakyDay.open(day[LeakyDay.SAMPLES]);
    byte[] rings = day[LeakyDay.SAMPLES].packRings();
    System.gc();
    long before = used();
    LeakState[] states = new LeakState[PROCESSES];
    for (int p = 0; p < PROCESSES; p++) {
      states[p] = LeakyDay.state(open).withRings(rings.clone());
    }
    System.gc();
    double mib = (used() - before) / 1048576.0;
    if (states[PROCESSES - 1] == states[0]) {
      throw new AssertionError("one state for all");
    }
    return mib;
  }

  private static long used() {
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
