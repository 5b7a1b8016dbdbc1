package dev.hognose.collector;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.leak.Trend;
import dev.hognose.profile.ServiceProfile;
import dev.hognose.profile.StackCounts;
import dev.hognose.sample.AgentFigures;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Children;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Event;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.Memory;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.Pressure;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stack;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.sample.Whereabouts;
import dev.hognose.service.LoopTime;
import dev.hognose.service.ServiceSummary;
import dev.hognose.service.Waits;
import dev.hognose.service.WorstProcess;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Records about a process that checks out orders. */
public final class Examples {

  public static final Instant T0 = Instant.parse("2026-03-01T08:00:00Z");
  public static final Duration INTERVAL = Duration.ofSeconds(10);
  public static final ProcessId PROCESS = process(4242);
  public static final Frame CULPRIT = new Frame("/srv/orders/views.py", 41, "checkout");

  private Examples() {}

  public static ProcessId process(long pid) {
    return new ProcessId("orders", "web-1", pid, Instant.parse("2026-03-01T07:00:00Z"));
  }

  /** With every figure that there is. */
  public static Sample sample(ProcessId process, long sequence, Instant at) {
    return sample(
        process,
        sequence,
        at,
        new Cpu(Duration.ofSeconds(12), Duration.ofSeconds(3)),
        List.of(loop("MainThread", Histogram.of(new long[] {0, 90, 9, 1}, 0.05))));
  }

  public static Sample sample(
      ProcessId process, long sequence, Instant at, Cpu cpu, List<EventLoop> loops) {
    return sample(process, sequence, at, cpu, loops, memory(Bytes.ofMebi(213)));
  }

  /** With so much more memory, and so many seconds more of CPU. */
  public static Sample growing(ProcessId process, long sequence, Instant at, int grown) {
    return sample(
        process,
        sequence,
        at,
        new Cpu(Duration.ofSeconds(12 + grown), Duration.ofSeconds(3)),
        List.of(loop("MainThread", Histogram.of(new long[] {0, 90L * grown, grown}, 0.05))),
        memory(Bytes.ofMebi(213 + grown)));
  }

  private static Sample sample(
      ProcessId process, long sequence, Instant at, Cpu cpu, List<EventLoop> loops, Memory memory) {
    return new Sample(
        process,
        sequence,
        at,
        INTERVAL,
        "1.4.2",
        cpu,
        memory,
        new Container(
            Optional.of(Bytes.ofMebi(512)),
            Optional.of(Bytes.ofMebi(230)),
            OptionalLong.of(1),
            OptionalDouble.of(1.5),
            Optional.of(Duration.ofMillis(1500)),
            new Pressure(
                Optional.of(Duration.ofSeconds(7)),
                Optional.of(Duration.ofMillis(250)),
                Optional.of(Duration.ZERO))),
        parent(kernel(100)),
        new GarbageCollector(
            List.of(
                generation(100, 2000, 0, Histogram.of(new long[] {82, 14, 4}, 0.125)),
                generation(9, 200, 0, Histogram.of(new long[] {8, 1}, 0.0625)),
                generation(1, 20, 3, Histogram.of(new long[] {0, 0, 1}, 0.0625))),
            Histogram.of(new long[] {90, 15, 5}, 0.25),
            5,
            3,
            GarbageCollector.Mode.ENABLED),
        loops,
        Histogram.of(new long[] {1000, 10}, 0.75),
        List.of(new ThreadCpu("worker", Duration.ofSeconds(4), Duration.ofMillis(500))),
        List.of(new NativePool("openblas", 8)),
        counters(),
        agent(Map.of("outbox_full", 5L)));
  }

  /** With as few figures as there can be, and what is given. */
  public static Sample sparse(ProcessId process, Kernel kernel, AgentFigures agent) {
    return new Sample(
        process,
        1,
        T0,
        INTERVAL,
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
        kernel,
        new GarbageCollector(List.of(), Histogram.EMPTY, 0, 0, GarbageCollector.Mode.UNKNOWN),
        List.of(),
        Histogram.EMPTY,
        List.of(),
        List.of(),
        List.of(),
        agent);
  }

  public static Kernel kernel(long voluntarySwitches) {
    return new Kernel(
        12,
        OptionalInt.of(40),
        OptionalLong.of(1_048_576),
        voluntarySwitches,
        20,
        3000,
        4,
        Optional.of(Bytes.ofMebi(1)),
        Optional.of(Bytes.ofMebi(2)),
        Optional.empty());
  }

  public static AgentFigures agent(Map<String, Long> dropped) {
    return new AgentFigures(
        Duration.ofMillis(90),
        Duration.ofMillis(4),
        Duration.ofMillis(1),
        2,
        dropped,
        List.of("container"),
        dropped.isEmpty() ? Map.of() : Map.of("too_many_tasks", 6L),
        dropped.isEmpty() ? Optional.empty() : Optional.of(T0.minusSeconds(4)));
  }

  private static Kernel parent(Kernel kernel) {
    return new Kernel(
        kernel.threads(),
        kernel.openFds(),
        kernel.maxFds(),
        kernel.voluntarySwitches(),
        kernel.involuntarySwitches(),
        kernel.minorFaults(),
        kernel.majorFaults(),
        kernel.read(),
        kernel.written(),
        Optional.of(new Children(3, Bytes.ofMebi(60), Duration.ofSeconds(8))));
  }

  private static List<NamedCounter> counters() {
    return List.of(
        new NamedCounter("warning/ResourceWarning", "views.py:41 in checkout", 3),
        new NamedCounter("exception/KeyError", "views.py:50 in basket", 7),
        new NamedCounter("handled/ValueError", "views.py:52 in basket", 11),
        new NamedCounter("asyncio/never_awaited", "orders.views.audit", 2));
  }

  public static EventLoop loop(String name, Histogram lag) {
    return new EventLoop(
        name,
        "uvloop",
        lag,
        Duration.ofMillis(3250),
        17,
        List.of(
            new TaskGroup("orders.worker.poll", 12, Duration.ofSeconds(90)),
            new TaskGroup("orders.views.audit", 5, Duration.ofMillis(1500))));
  }

  public static Event started(ProcessId process, long sequence, Instant at) {
    Started facts =
        new Started("python app.py", "3.11.7", Map.of(), 1, "uvicorn", Whereabouts.UNKNOWN);
    return new Event(process, sequence, at, "1.4.2", facts);
  }

  public static Event stopped(ProcessId process, long sequence, Instant at) {
    return new Event(process, sequence, at, "1.4.2", new Stopped(Stopped.Reason.SIGNAL, 143));
  }

  public static Trend trend(ProcessId process, Instant at, Trend.Verdict verdict) {
    return new Trend(
        process,
        at,
        verdict,
        verdict == Trend.Verdict.UNKNOWN ? "too few samples" : "",
        verdict == Trend.Verdict.LEAKING ? Optional.of(Trend.Where.PYTHON) : Optional.empty(),
        new GrowthRate(3600 * 1024.0),
        Optional.empty(),
        Optional.of(at.minusSeconds(7200)),
        OptionalDouble.of(3.5),
        OptionalDouble.of(0.97),
        "1.4.2",
        4);
  }

  /** Fires at {@link #T0}. */
  public static Alert alert(String id, String title) {
    return new Alert(
        id,
        Alert.Kind.MEMORY_LEAK,
        Alert.State.FIRING,
        Alert.Severity.CRITICAL,
        "orders",
        Optional.of(PROCESS),
        "1.4.2",
        T0,
        T0,
        Optional.empty(),
        title,
        List.of(new Evidence("slope", 1024 * 1024.0, "bytes_per_hour")),
        Optional.of(CULPRIT),
        "",
        List.of(new Stack(List.of(new Frame("/srv/orders/app.py", 7, "main"), CULPRIT), 12, "")),
        List.of(new AllocationGrowth.Site(List.of(CULPRIT), Bytes.ofMebi(3), 40_000)),
        List.of(
            new Retention(
                "orders.views.CARTS",
                Retention.Kind.MODULE_GLOBAL,
                5000,
                1234.5,
                new Bytes(640),
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                "dict[str, int]")),
        "Bound CARTS.",
        4);
  }

  /** Blocks of one culprit; fires at {@link #T0}. */
  public static Alert blocks(String id) {
    return new Alert(
        id,
        Alert.Kind.LOOP_BLOCK,
        Alert.State.FIRING,
        Alert.Severity.WARNING,
        "orders",
        Optional.empty(),
        "1.4.2",
        T0,
        T0,
        Optional.empty(),
        "orders: event loop blocked 7 times, 2.5 s at worst, by sync_sleep in checkout",
        List.of(
            new Evidence("blocks", 7, "count"),
            new Evidence("worst", 2.5, "seconds"),
            new Evidence("lost", 6.25, "seconds")),
        Optional.of(CULPRIT),
        "sync_sleep",
        List.of(new Stack(List.of(CULPRIT), 7, "MainThread")),
        List.of(),
        List.of(),
        "Await asyncio.sleep().",
        2);
  }

  /** A minute of two processes, whose loops were blocked for a tenth of it. */
  public static ServiceSummary summary(String service, Instant minute) {
    LoopTime loop =
        new LoopTime(
            Duration.ofMinutes(2),
            Histogram.of(new long[] {0, 1000, 90, 0, 0, 0, 0, 0, 0, 0, 10}, 5),
            Duration.ofSeconds(5),
            Duration.ofSeconds(12),
            Duration.ofSeconds(3));
    return new ServiceSummary(
        service,
        minute,
        2,
        Duration.ofMinutes(2),
        loop,
        new Waits(
            Duration.ofSeconds(6), Duration.ofSeconds(3), Duration.ofSeconds(1), Duration.ZERO),
        Duration.ofSeconds(90),
        Bytes.ofMebi(400),
        Bytes.ofMebi(300),
        4,
        new TreeMap<>(Map.of("1.4.2", 2)),
        List.of(
            new WorstProcess(
                PROCESS, Duration.ofSeconds(15), Duration.ofSeconds(12), Bytes.ofMebi(150))));
  }

  /** Looked at {@code 10 + more} times; {@code more} of them in another function. */
  public static ServiceProfile profile(Instant minute, String version, int more) {
    Frame main = new Frame("/srv/orders/app.py", 7, "main");
    List<Stack> stacks = new ArrayList<>();
    stacks.add(new Stack(List.of(main, CULPRIT), 10, "MainThread"));
    if (more > 0) {
      Frame other = new Frame("/srv/orders/rank.py", 3, "<script>score");
      stacks.add(new Stack(List.of(main, other), more, "MainThread"));
    }
    return new ServiceProfile(
        "orders",
        version,
        minute,
        1,
        10 + more,
        Duration.ofMinutes(1),
        new StackCounts(stacks, 0, false));
  }

  /** Says {@code text} wherever an alert can say something. */
  public static Alert alertSaying(String text) {
    Frame frame = new Frame(text, 1, text);
    return new Alert(
        text,
        Alert.Kind.LOOP_BLOCK,
        Alert.State.FIRING,
        Alert.Severity.WARNING,
        text,
        Optional.of(new ProcessId(text, text.replace("/", ""), 1, PROCESS.startedAt())),
        text,
        T0,
        T0,
        Optional.empty(),
        text,
        List.of(new Evidence(text, 1.5, text)),
        Optional.of(frame),
        text,
        List.of(new Stack(List.of(frame), 1, text)),
        List.of(new AllocationGrowth.Site(List.of(frame), Bytes.ZERO, 0)),
        List.of(
            new Retention(
                text,
                Retention.Kind.LRU_CACHE,
                1,
                1,
                Bytes.ZERO,
                OptionalLong.empty(),
                OptionalLong.empty(),
                OptionalLong.empty(),
                text)),
        text,
        1);
  }

  private static Memory memory(Bytes rss) {
    return new Memory(
        rss,
        Optional.of(Bytes.ofMebi(180)),
        Optional.of(Bytes.ofMebi(190)),
        1_234_567,
        Optional.of(Bytes.ofMebi(20)),
        Optional.of(Bytes.ofMebi(2)),
        Optional.of(Bytes.ofMebi(90)),
        Optional.of(Bytes.ZERO),
        Optional.of(Bytes.ofMebi(1)));
  }

  private static GarbageCollector.Generation generation(
      long collections, long collected, long uncollectable, Histogram pause) {
    return new GarbageCollector.Generation(
        collections, collected, uncollectable, Optional.of(pause));
  }
}
