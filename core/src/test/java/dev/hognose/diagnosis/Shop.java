package dev.hognose.diagnosis;

import dev.hognose.fixture.ContainerBuilder;
import dev.hognose.fixture.KernelBuilder;
import dev.hognose.fixture.MemoryBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Children;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Event;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Growing;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The figures of a process of a web shop at one moment; healthy, until a test makes it ill. */
final class Shop {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00.250Z");

  final double second;

  /** Of the samples, seconds. */
  final double interval;

  int threads = 8;
  int fds = 30;
  int children;
  int poolThreads;
  double quota;
  double cpuSeconds;
  double throttledSeconds;
  double gilWaitSeconds;
  long gilWaits;
  double gcSeconds;
  long fullCollections;
  long fullCollected;
  long garbage;
  double runQueueSeconds;
  Growing growing = Growing.NOTHING;
  final Map<String, Double> threadCpu = new LinkedHashMap<>();
  final List<TaskGroup> tasks = new ArrayList<>();
  final List<NamedCounter> counters = new ArrayList<>();
  final Map<String, Long> dropped = new LinkedHashMap<>();

  private Shop(double second, double interval) {
    this.second = second;
    this.interval = interval;
    double up = Math.max(0, second);
    cpuSeconds = 0.1 * up;
    gilWaits = Math.round(10 * up);
    gilWaitSeconds = 0.0002 * gilWaits;
    gcSeconds = 0.002 * up;
    fullCollections = (long) (up / 20);
    fullCollected = 200 * fullCollections;
    runQueueSeconds = 0.01 * up;
    threadCpu.put("MainThread", cpuSeconds);
    tasks.add(new TaskGroup("uvicorn.server.Server.serve", 1, seconds(up)));
    count("exception/ValueError", "/srv/shop/views.py:41 in checkout", up / 10);
  }

  /** As it is after so many seconds. */
  static Shop after(double second, double interval) {
    return new Shop(second, interval);
  }

  static ProcessId process(int number) {
    return new ProcessId("orders", "web-1", 100 + number, T0.minusMillis(400));
  }

  static Instant at(double second) {
    return T0.plusMillis(Math.round(1000 * second));
  }

  static Duration seconds(double seconds) {
    return Duration.ofNanos(Math.round(1e9 * seconds));
  }

  static Event event(ProcessId process, double second, Event.What what) {
    return new Event(process, 1_000_000 + Math.round(second * 1000), at(second), "1.4.2", what);
  }

  /** A sample of a process that nothing is counted of. */
  static Sample quiet(ProcessId process, long sequence, double second) {
    Shop shop = after(second, 1);
    shop.counters.clear();
    return shop.sample(process, sequence, Duration.ofSeconds(1));
  }

  Shop count(String name, String site, double total) {
    if (total >= 1) {
      counters.add(new NamedCounter(name, site, (long) total));
    }
    return this;
  }

  Shop tasks(String coroutine, int count, double oldest) {
    if (count > 0) {
      tasks.add(new TaskGroup(coroutine, count, seconds(oldest)));
    }
    return this;
  }

  Sample sample(ProcessId process, long sequence, Duration interval) {
    return SampleBuilder.of(process, sequence, at(second))
        .interval(interval)
        .version("1.4.2")
        .cpu(new Cpu(seconds(cpuSeconds), Duration.ZERO))
        .memory(MemoryBuilder.of(Bytes.ofMebi(100)).build())
        .container(container())
        .kernel(kernel())
        .gc(collector())
        .loops(
            List.of(
                new EventLoop("MainThread", "asyncio", Histogram.EMPTY, Duration.ZERO, 1, tasks)))
        .gilWait(Histogram.of(new long[] {gilWaits}, gilWaitSeconds))
        .threadCpu(threads())
        .nativePools(
            poolThreads == 0 ? List.of() : List.of(new NativePool("libopenblas", poolThreads)))
        .counters(counters)
        .agent(SampleBuilder.idleAgent(dropped))
        .build();
  }

  private List<ThreadCpu> threads() {
    return threadCpu.entrySet().stream()
        .map(
            each ->
                new ThreadCpu(each.getKey(), seconds(each.getValue()), runQueueOf(each.getKey())))
        .toList();
  }

  private Duration runQueueOf(String name) {
    return name.equals("MainThread") ? seconds(runQueueSeconds) : Duration.ZERO;
  }

  private GarbageCollector collector() {
    return new GarbageCollector(
        List.of(
            new GarbageCollector.Generation(100, 100, 0),
            new GarbageCollector.Generation(fullCollections, fullCollected, 0)),
        Histogram.of(new long[] {1}, gcSeconds),
        0,
        garbage,
        GarbageCollector.Mode.ENABLED);
  }

  private Kernel kernel() {
    KernelBuilder kernel = KernelBuilder.of(threads).fds(fds, 1024).growing(growing);
    if (children > 0) {
      kernel.children(new Children(children, Bytes.ofMebi(10), Duration.ZERO));
    }
    return kernel.build();
  }

  private Container container() {
    ContainerBuilder container = ContainerBuilder.unlimited();
    if (quota > 0) {
      container.cpuLimitCores(quota).throttled(seconds(throttledSeconds));
    }
    return container.build();
  }
}
