package dev.hognose.leak;

import dev.hognose.sample.AgentFigures;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.Memory;
import dev.hognose.sample.Pressure;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A process that says four times a second what memory it has, and where it goes. */
final class Shop {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final ProcessId PROCESS = new ProcessId("catalog", "web-1", 4242, T0);
  static final Frame PLANTED =
      new Frame("/venv/lib/python3.11/site-packages/shop/faults.py", 23, "grow");

  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Bytes LIMIT = Bytes.ofMebi(400);

  private Shop() {}

  /** Number {@code n} since the start, with as much memory; half of it in Python's blocks. */
  static Sample sample(int n, Bytes rss) {
    Memory memory =
        new Memory(
            rss,
            Optional.of(rss),
            Optional.empty(),
            rss.count() / 2 / 64,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty());
    return new Sample(
        PROCESS,
        n + 1,
        at(n),
        INTERVAL,
        "1.4.2",
        new Cpu(Duration.ZERO, Duration.ZERO),
        memory,
        new Container(
            Optional.of(LIMIT),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Pressure.UNKNOWN),
        new Kernel(
            5,
            OptionalInt.empty(),
            OptionalLong.empty(),
            1,
            2,
            3,
            4,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new GarbageCollector(List.of(), Histogram.EMPTY, 0, 0, GarbageCollector.Mode.UNKNOWN),
        List.of(),
        Histogram.EMPTY,
        List.of(),
        List.of(),
        List.of(),
        new AgentFigures(
            Duration.ZERO,
            Duration.ZERO,
            Duration.ZERO,
            0,
            Map.of(),
            List.of(),
            Map.of(),
            Optional.empty()));
  }

  /** 100 MiB, and 2 MiB more a second. */
  static Sample leaking(int n) {
    return sample(n, new Bytes((100L << 20) + n * (2L << 20) / 4));
  }

  /** The same figures, told with another time. */
  static Sample at(Sample sample, Instant at) {
    return new Sample(
        sample.process(),
        sample.sequence(),
        at,
        sample.interval(),
        sample.version(),
        sample.cpu(),
        sample.memory(),
        sample.container(),
        sample.kernel(),
        sample.gc(),
        sample.loops(),
        sample.gilWait(),
        sample.threadCpu(),
        sample.nativePools(),
        sample.counters(),
        sample.agent());
  }

  static Instant at(int n) {
    return T0.plus(INTERVAL.multipliedBy(n));
  }

  static Event event(Instant at, Event.What what) {
    return new Event(PROCESS, 1_000_000 + at.toEpochMilli(), at, "1.4.2", what);
  }

  static AllocationGrowth window(AllocationGrowth.Site... sites) {
    return new AllocationGrowth(
        Duration.ofSeconds(2), Duration.ZERO, Duration.ofMillis(1), List.of(sites), false);
  }

  static AllocationGrowth.Site site(Frame innermost, long kib) {
    return new AllocationGrowth.Site(
        List.of(
            new Frame("/venv/lib/python3.11/site-packages/starlette/app.py", 7, "call"), innermost),
        new Bytes(kib << 10),
        kib);
  }

  static Retention retention(String name, double growthPerHour) {
    return new Retention(
        name,
        Retention.Kind.MODULE_GLOBAL,
        12_000,
        growthPerHour,
        Bytes.ofMebi(1),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        "dict[str, int]");
  }
}
