package dev.hognose.wire;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.leak.Trend;
import dev.hognose.sample.AgentFigures;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Children;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Event;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.ExceptionCount;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Memory;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.Pressure;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.PythonWarning;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.sample.Whereabouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** Records with every figure set, and with as few as there can be. */
final class Examples {

  static final Instant AT = Instant.parse("2026-03-01T08:00:00.250Z");
  static final ProcessId PROCESS =
      new ProcessId("orders", "web-1", 4242, Instant.parse("2026-03-01T07:00:00.001Z"));
  static final Frame CULPRIT = new Frame("/srv/orders/views.py", 41, "checkout");
  static final Stack STACK =
      new Stack(List.of(new Frame("/srv/orders/app.py", 7, "main"), CULPRIT), 12, "MainThread");
  static final Retention RETENTION =
      new Retention(
          "orders.views.CARTS",
          Retention.Kind.LRU_CACHE,
          5000,
          1234.5,
          new Bytes(640),
          OptionalLong.of(10),
          OptionalLong.of(5000),
          OptionalLong.of(0),
          "tuple[str, Request] -> Response");
  private static final AllocationGrowth.Site SITE =
      new AllocationGrowth.Site(List.of(CULPRIT), Bytes.ofMebi(3), 40_000);

  private Examples() {}

  static Sample fullSample() {
    return new Sample(
        PROCESS,
        17,
        AT,
        Duration.ofSeconds(10),
        "1.4.2",
        new Cpu(Duration.ofMillis(12_345), Duration.ofMillis(678)),
        new Memory(
            Bytes.ofMebi(213),
            Optional.of(Bytes.ofMebi(180)),
            Optional.of(Bytes.ofMebi(190)),
            1_234_567,
            Optional.of(Bytes.ofMebi(20)),
            Optional.of(Bytes.ofMebi(2)),
            Optional.of(Bytes.ofMebi(90)),
            Optional.of(Bytes.ZERO),
            Optional.of(Bytes.ofMebi(1))),
        new Container(
            Optional.of(Bytes.ofMebi(512)),
            Optional.of(Bytes.ofMebi(230)),
            OptionalLong.of(0),
            OptionalDouble.of(1.5),
            Optional.of(Duration.ofMillis(1500)),
            new Pressure(
                Optional.of(Duration.ofMillis(700)),
                Optional.of(Duration.ZERO),
                Optional.of(Duration.ofMillis(5)))),
        new Kernel(
            12,
            OptionalInt.of(40),
            OptionalLong.of(1_048_576),
            100,
            20,
            3000,
            4,
            Optional.of(Bytes.ofMebi(1)),
            Optional.of(Bytes.ofMebi(2)),
            Optional.of(new Children(4, Bytes.ofMebi(400), Duration.ofSeconds(90)))),
        new GarbageCollector(
            List.of(
                generation(100, 2000, 0, Histogram.of(new long[] {82, 14, 4}, 0.125)),
                generation(9, 200, 0, Histogram.of(new long[] {8, 1}, 0.0625)),
                generation(1, 20, 3, Histogram.of(new long[] {0, 0, 1}, 0.0625))),
            Histogram.of(new long[] {90, 15, 5}, 0.25),
            5,
            3,
            GarbageCollector.Mode.DISABLED),
        List.of(
            new EventLoop(
                "MainThread",
                "uvloop",
                Histogram.of(new long[] {0, 500, 20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2}, 4.5),
                Duration.ofMillis(3250),
                17,
                List.of(new TaskGroup("orders.worker.poll", 12, Duration.ofMillis(93_500))))),
        Histogram.of(new long[] {1000, 10}, 0.75),
        List.of(new ThreadCpu("MainThread", Duration.ofMillis(11_000), Duration.ofMillis(40))),
        List.of(new NativePool("libopenblas", 8)),
        List.of(new NamedCounter("RuntimeWarning", "/srv/orders/views.py:9", 3)),
        new AgentFigures(
            Duration.ofMillis(90),
            Duration.ofMillis(4),
            Duration.ofMillis(1),
            2,
            Map.of("outbox_full", 5L, "too_large", 1L),
            List.of("container"),
            Map.of("tasks", 4L),
            Optional.of(AT)));
  }

  static Sample sparseSample() {
    return new Sample(
        PROCESS,
        1,
        AT,
        Duration.ofSeconds(10),
        "",
        new Cpu(Duration.ZERO, Duration.ZERO),
        new Memory(
            Bytes.ofMebi(20),
            Optional.empty(),
            Optional.empty(),
            90_000,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty()),
        new Container(
            Optional.empty(),
            Optional.empty(),
            OptionalLong.empty(),
            OptionalDouble.empty(),
            Optional.empty(),
            Pressure.UNKNOWN),
        new Kernel(
            1,
            OptionalInt.empty(),
            OptionalLong.empty(),
            0,
            0,
            0,
            0,
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

  /** One of each kind. */
  static List<Event.What> happenings() {
    return List.of(
        new Started(
            "python app.py",
            "3.11.7",
            Map.of("uvicorn", "0.30"),
            1,
            "uvicorn",
            new Whereabouts("production", "orders-7c9f-2x", "node-4", "shops", "3f4a")),
        new Stopped(Stopped.Reason.SIGNAL, 143),
        loopBlock(),
        new AllocationGrowth(
            Duration.ofSeconds(2),
            Duration.ofNanos(600_000),
            Duration.ofNanos(550_000),
            List.of(SITE),
            true),
        RETENTION,
        new StackProfile(Duration.ofSeconds(10), 100, List.of(STACK), false),
        new PythonWarning("ResourceWarning", "unclosed <socket>", Optional.of(CULPRIT), 3),
        new ExceptionCount("builtins.KeyError", Optional.empty(), 9, true));
  }

  static LoopBlock loopBlock() {
    return new LoopBlock(
        3,
        AT.minusMillis(1500),
        Duration.ofMillis(1500),
        true,
        "MainThread",
        "Task-7",
        "checkout",
        LoopBlock.Cause.SYNC_SLEEP,
        Optional.of(CULPRIT),
        List.of(STACK),
        false,
        new LoopBlock.TimeSplit(
            Duration.ofMillis(1),
            Duration.ofMillis(2),
            Duration.ofMillis(3),
            Duration.ofMillis(4),
            Duration.ofMillis(5)),
        false);
  }

  static Trend trend() {
    return new Trend(
        PROCESS,
        AT,
        Trend.Verdict.LEAKING,
        "",
        Optional.of(Trend.Where.PYTHON_HIDDEN),
        new GrowthRate(1.5e7),
        Optional.of(new Trend.SlopeInterval(new GrowthRate(1.2e7), new GrowthRate(1.9e7))),
        Optional.of(AT.minusSeconds(7200)),
        OptionalDouble.of(3.25),
        OptionalDouble.of(0.97),
        "1.4.2",
        4);
  }

  static Alert alert() {
    return new Alert(
        "0123456789abcdef0123456789abcdef",
        Alert.Kind.MEMORY_LEAK,
        Alert.State.FIRING,
        Alert.Severity.CRITICAL,
        "orders",
        Optional.of(PROCESS),
        "1.4.2",
        AT,
        AT.plusSeconds(60),
        Optional.empty(),
        "orders leaks 14.3 MiB/h in the Python heap",
        List.of(new Evidence("slope", 1.5e7, "bytes_per_hour")),
        Optional.of(CULPRIT),
        "sync_sleep",
        List.of(STACK),
        List.of(SITE),
        List.of(RETENTION),
        "Bound CARTS.",
        4);
  }

  private static GarbageCollector.Generation generation(
      long collections, long collected, long uncollectable, Histogram pause) {
    return new GarbageCollector.Generation(
        collections, collected, uncollectable, Optional.of(pause));
  }
}
