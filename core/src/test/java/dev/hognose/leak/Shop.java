package dev.hognose.leak;

import dev.hognose.fixture.ContainerBuilder;
import dev.hognose.fixture.MemoryBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalLong;

/** A process that says four times a second what memory it has, and where it goes. */
final class Shop {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  static final ProcessId PROCESS = new ProcessId("catalog", "web-1", 4242, T0);
  static final Frame PLANTED =
      new Frame("/venv/lib/python3.11/site-packages/shop/faults.py", 23, "grow");

  /** Samples until its leak has been told. */
  static final int LONG = 420;

  private static final Duration INTERVAL = Duration.ofMillis(250);
  private static final Bytes LIMIT = Bytes.ofMebi(400);

  /** With the sample behind these. */
  static final Event STOPPED = event(at(LONG + 1), new Stopped(Stopped.Reason.EXIT, 0));

  private Shop() {}

  /** Number {@code n} since the start, with as much memory; half of it in Python's blocks. */
  static Sample sample(int n, Bytes rss) {
    return SampleBuilder.of(PROCESS, n + 1, at(n))
        .interval(INTERVAL)
        .version("1.4.2")
        .memory(MemoryBuilder.halfPython(rss))
        .container(ContainerBuilder.limited(LIMIT).build())
        .build();
  }

  /** 100 MiB, and 2 MiB more a second. */
  static Sample leaking(int n) {
    return sample(n, new Bytes((100L << 20) + n * (2L << 20) / 4));
  }

  /** The same figures, told with another time. */
  static Sample at(Sample sample, Instant at) {
    return SampleBuilder.like(sample).at(at).build();
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

  /** One that was not read. */
  static AllocationGrowth thrownAway() {
    return new AllocationGrowth(
        Duration.ofSeconds(2), Duration.ofMillis(120), Duration.ZERO, List.of(), true);
  }

  static Retention retention(String name, double growthPerHour) {
    return retention(name, Retention.Kind.MODULE_GLOBAL, growthPerHour);
  }

  static Retention retention(String name, Retention.Kind kind, double growthPerHour) {
    return new Retention(
        name,
        kind,
        12_000,
        growthPerHour,
        Bytes.ofMebi(1),
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        "dict[str, int]");
  }
}
