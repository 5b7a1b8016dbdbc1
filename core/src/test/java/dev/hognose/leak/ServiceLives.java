package dev.hognose.leak;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import java.util.function.DoubleUnaryOperator;

/** Made-up lives of one service, and what they let its processes show. */
final class ServiceLives {

  static final long HOUR_MS = 3_600_000;
  static final long MIB = 1L << 20;

  /** A stretch of the default policy begins here. */
  static final long BEGIN_MS = 1_760_000_640_000L;

  private static final long EVERY_MS = 30_000;
  private static final long BASE_MIB = 100;
  private static final long LIMIT_MIB = 1024;

  private final LeakDetector detector = new LeakDetector(LeakPolicy.PAGER);
  private final List<LifeObservation> observations = new ArrayList<>();
  private final TreeSet<String> accusedAlone = new TreeSet<>();
  private long limitChangesMs = Long.MAX_VALUE;
  private long laterLimitMib = LIMIT_MIB;

  /** From so many hours since the beginning on, lives that are added now have another limit. */
  ServiceLives limit(double fromHour, long mib) {
    limitChangesMs = BEGIN_MS + Math.round(fromHour * HOUR_MS);
    laterLimitMib = mib;
    return this;
  }

  /**
   * Adds a life at a place.
   *
   * @param mib memory above 100 MiB by hours since the start of the life
   */
  ServiceLives life(String place, double fromHour, double hours, DoubleUnaryOperator mib) {
    long startMs = BEGIN_MS + Math.round(fromHour * HOUR_MS);
    LeakState state = LeakState.initial();
    for (long ms = EVERY_MS; ms < hours * HOUR_MS; ms += EVERY_MS) {
      long bytes = Math.round((BASE_MIB + mib.applyAsDouble((double) ms / HOUR_MS)) * MIB);
      MemoryReading reading =
          MemoryReading.of(startMs + ms, bytes)
              .withBlocks(bytes / 64)
              .withLimit((startMs + ms < limitChangesMs ? LIMIT_MIB : laterLimitMib) * MIB)
              .withStart(startMs);
      LeakStep step = detector.next(state, reading);
      LifeObservation.between(place, state, step.state()).ifPresent(observations::add);
      state = step.state();
      if (step.outcome() instanceof Outcome.Told) {
        accusedAlone.add(place);
      }
    }
    return this;
  }

  /** Places of processes that the default policy accuses alone. */
  List<String> accusedAlone() {
    return List.copyOf(accusedAlone);
  }

  /** In order of time. */
  List<LifeObservation> observations() {
    return observations.stream().sorted(Comparator.comparingLong(LifeObservation::atMs)).toList();
  }

  /** Hours since the beginning. */
  static double hour(LeakEvent event) {
    return (double) (event.at().toEpochMilli() - BEGIN_MS) / HOUR_MS;
  }

  /** Fills evenly up to a height, and stays there. */
  static DoubleUnaryOperator cache(double mib, double hours) {
    return hour -> mib * Math.min(hour / hours, 1);
  }

  static DoubleUnaryOperator leak(double mibPerHour) {
    return hour -> mibPerHour * hour;
  }

  static DoubleUnaryOperator flat() {
    return hour -> 0;
  }
}
