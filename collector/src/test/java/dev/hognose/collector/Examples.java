package dev.hognose.collector;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.history.PastProfile;
import dev.hognose.collector.history.ProfileQuery;
import dev.hognose.fixture.FullSample;
import dev.hognose.leak.Trend;
import dev.hognose.profile.ServiceProfile;
import dev.hognose.profile.StackCounts;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Event;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stack;
import dev.hognose.sample.Started;
import dev.hognose.sample.Stopped;
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

  public static Sample sample(ProcessId process, long sequence, Instant at) {
    return FullSample.of(process, sequence, at).build();
  }

  public static Sample sample(
      ProcessId process, long sequence, Instant at, Cpu cpu, List<EventLoop> loops) {
    return FullSample.of(process, sequence, at).cpu(cpu).loops(loops).build();
  }

  /** With so much more memory, and so many seconds more of CPU. */
  public static Sample growing(ProcessId process, long sequence, Instant at, int grown) {
    return FullSample.of(process, sequence, at)
        .cpu(new Cpu(Duration.ofSeconds(12 + grown), Duration.ofSeconds(3)))
        .loops(List.of(loop("MainThread", Histogram.of(new long[] {0, 90L * grown, grown}, 0.05))))
        .memory(FullSample.memory(Bytes.ofMebi(213 + grown)))
        .build();
  }

  public static EventLoop loop(String name, Histogram lag) {
    return FullSample.loop(name, lag);
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

  /** Everything that can be known of a process, its service and its alerts. */
  public static void fill(Fleet fleet) {
    fleet.apply(0, started(PROCESS, 1, T0), T0);
    fleet.apply(0, sample(PROCESS, 2, T0), T0);
    fleet.apply(0, trend(PROCESS, T0, Trend.Verdict.LEAKING));
    fleet.apply(0, alert("a1", "orders leaks"));
    fleet.apply(0, blocks("a2"));
    fleet.apply(0, summary("orders", T0));
    fleet.publish();
  }

  /** A window that ends before T0 is of an older version. */
  static PastProfile pastProfile(ProfileQuery query) {
    boolean old = query.to().isBefore(T0) || query.version().equals(Optional.of("1.4.1"));
    return new PastProfile(
        Optional.of(profile(T0, old ? "1.4.1" : "1.4.2", old ? 0 : 30)),
        List.of("1.4.1", "1.4.2"),
        1,
        true);
  }
}
