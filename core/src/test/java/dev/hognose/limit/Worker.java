package dev.hognose.limit;

import dev.hognose.sample.AgentFigures;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.Memory;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A process in a container of 1,000 MiB that tells its memory every ten seconds. */
record Worker(Optional<Bytes> limit, OptionalLong kills, Duration interval) {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final ProcessId PROCESS = new ProcessId("orders", "web-1", 4242, T0);
  static final Worker LIMITED =
      new Worker(Optional.of(Bytes.ofMebi(1000)), OptionalLong.of(0), Duration.ofSeconds(10));

  Worker withLimit(Optional<Bytes> other) {
    return new Worker(other, kills, interval);
  }

  Worker withKills(long count) {
    return new Worker(limit, OptionalLong.of(count), interval);
  }

  Worker every(Duration time) {
    return new Worker(limit, kills, time);
  }

  /** Alone in its container. */
  Sample at(double minutes, double mib) {
    return at(minutes, mib, Optional.empty());
  }

  Sample at(double minutes, double mib, Optional<Bytes> usage) {
    Memory memory =
        new Memory(
            bytes(mib),
            Optional.empty(),
            Optional.empty(),
            1,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Sample(
        PROCESS,
        1,
        time(minutes),
        interval,
        "1.4.2",
        new Cpu(Duration.ZERO, Duration.ZERO),
        memory,
        new Container(limit, usage, kills, OptionalDouble.empty(), Optional.empty()),
        new Kernel(
            5,
            OptionalInt.empty(),
            OptionalLong.empty(),
            1,
            2,
            3,
            4,
            Optional.empty(),
            Optional.empty()),
        new GarbageCollector(List.of(), Histogram.EMPTY, 0, 0, GarbageCollector.Mode.UNKNOWN),
        List.of(),
        Histogram.EMPTY,
        List.of(),
        List.of(),
        List.of(),
        new AgentFigures(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, 0, Map.of(), List.of(), Map.of()));
  }

  static Bytes bytes(double mib) {
    return new Bytes(Math.round(mib * (1 << 20)));
  }

  static Instant time(double minutes) {
    return T0.plusMillis(Math.round(minutes * 60_000));
  }
}
