package dev.hognose.wire;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.fixture.FullSample;
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.leak.Trend;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Event;
import dev.hognose.sample.ExceptionCount;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.PythonWarning;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
import dev.hognose.sample.Whereabouts;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Records with every figure set, and with as few as there can be. */
public final class Examples {

  public static final Instant AT = Instant.parse("2026-03-01T08:00:00.250Z");
  public static final ProcessId PROCESS =
      new ProcessId("orders", "web-1", 4242, Instant.parse("2026-03-01T07:00:00.001Z"));
  public static final byte[] KEY = PROCESS.key().getBytes(StandardCharsets.UTF_8);
  public static final Frame CULPRIT = new Frame("/srv/orders/views.py", 41, "checkout");
  public static final Stack STACK =
      new Stack(List.of(new Frame("/srv/orders/app.py", 7, "main"), CULPRIT), 12, "MainThread");
  public static final Retention RETENTION =
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

  public static Sample fullSample() {
    return FullSample.of(PROCESS, 17, AT).build();
  }

  public static Sample sparseSample() {
    return SampleBuilder.of(PROCESS, 1, AT).build();
  }

  /** One of each kind. */
  public static List<Event.What> happenings() {
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

  public static LoopBlock loopBlock() {
    return LoopBlockBuilder.of(3, AT.minusMillis(1500), Duration.ofMillis(1500))
        .culprit(CULPRIT)
        .stacks(List.of(STACK))
        .split(
            new LoopBlock.TimeSplit(
                Duration.ofMillis(1),
                Duration.ofMillis(2),
                Duration.ofMillis(3),
                Duration.ofMillis(4),
                Duration.ofMillis(5)))
        .build();
  }

  public static Trend trend() {
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

  public static Alert alert() {
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
}
