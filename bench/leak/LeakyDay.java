package dev.hognose.bench;

import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.LifeObservation;
import dev.hognose.leak.MemoryReading;
import dev.hognose.packed.Packer;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Processes that leak 1.4 MiB an hour and are noisy by one, a sample each ten seconds. */
final class LeakyDay {

  static final int SAMPLES = 8_640;

  private static final long T0 = 1_763_632_800_000L;
  private static final long EVERY_MS = 10_000;
  private static final long MINUTE = 60_000;

  private static final ProcessId PROCESS =
      new ProcessId("orders", "web-1", 7, Instant.ofEpochMilli(T0));

  private LeakyDay() {}

  static MemoryReading reading(int n) {
    long ms = T0 + n * EVERY_MS;
    long bytes = (100L << 20) + (n * 4L << 10) + (ms / 1_000 * 7919 & 0xfffff);
    return MemoryReading.of(ms, bytes).withUss(bytes).withBlocks(bytes / 64).withStart(T0);
  }

  /** State before each of a day's samples, and after the last. */
  static LeakState[] states(LeakDetector detector) {
    LeakState[] states = new LeakState[SAMPLES + 1];
    states[0] = LeakState.initial();
    for (int n = 0; n < SAMPLES; n++) {
      states[n + 1] = detector.next(states[n], reading(n)).state();
    }
    return states;
  }

  /** What every sample changes, as a store has it. */
  static byte[] open(LeakState state) {
    Packer out = new Packer();
    LeakLife none = LeakLife.begin(PROCESS);
    new LeakLife(
            PROCESS,
            state,
            none.heard(),
            none.stoppedAt(),
            none.silent(),
            none.open(),
            none.toldTrend(),
            none.word())
        .pack(out);
    return out.bytes();
  }

  /** Of what {@link #open} wrote. */
  static LeakState state(byte[] open) {
    return LeakLife.unpack(PROCESS, ByteBuffer.wrap(open)).state();
  }

  /** What the processes of a service show over a day, every tenth of which leaks. */
  static List<LifeObservation> service(int processes) {
    LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);
    List<LifeObservation> shown = new ArrayList<>();
    for (int p = 0; p < processes; p++) {
      LeakState state = LeakState.initial();
      for (long ms = 0; ms < 24 * 60 * MINUTE; ms += MINUTE) {
        long kib = p % 10 == 0 ? ms / 1_000 / 2 : 0;
        long bytes = (100L << 20) + (kib << 10) + ((ms + p) / 1_000 * 7919 & 0xfffff);
        MemoryReading reading =
            MemoryReading.of(T0 + ms, bytes).withBlocks(bytes / 64).withStart(T0);
        LeakState before = state;
        state = detector.next(state, reading).state();
        LifeObservation.between("web-" + p + "/7", before, state).ifPresent(shown::add);
      }
    }
    return shown;
  }
}
