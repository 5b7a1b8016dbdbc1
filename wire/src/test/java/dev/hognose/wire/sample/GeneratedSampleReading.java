package dev.hognose.wire.sample;

import dev.hognose.sample.AgentFigures;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Children;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Growing;
import dev.hognose.sample.GrowingKind;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.Memory;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.Pressure;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.v2.AgentFigures.Dropped;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.Seconds;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;

/**
 * A sample of the second form by protobuf's generated classes: what {@link SampleReading}, which
 * does without them, is held against.
 */
final class GeneratedSampleReading {

  private GeneratedSampleReading() {}

  static Sample decode(ProcessId process, byte[] value) {
    return Parsing.parse(dev.hognose.v2.Sample.parser(), value, m -> read(process, m));
  }

  private static Sample read(ProcessId process, dev.hognose.v2.Sample m) {
    return new Sample(
        process,
        m.getSequence(),
        Instant.ofEpochMilli(m.getAtMs()),
        Seconds.ofMillis(m.getIntervalMs()),
        m.getVersion(),
        new Cpu(
            micros("cpu_user_us_total", m.getCpuUserUsTotal()),
            micros("cpu_system_us_total", m.getCpuSystemUsTotal())),
        memory(m.getMemory()),
        container(m.getContainer()),
        kernel(m.getKernel()),
        collector(m.getGc()),
        m.getLoopsList().stream().map(GeneratedSampleReading::loop).toList(),
        histogram(m.getGilWaitUsList()),
        m.getThreadCpuList().stream()
            .map(
                thread ->
                    new ThreadCpu(
                        thread.hasName() ? thread.getName() : "MainThread",
                        micros("thread cpu_us_total", thread.getCpuUsTotal()),
                        micros("thread runqueue_us_total", thread.getRunqueueUsTotal())))
            .toList(),
        m.getNativePoolsList().stream()
            .map(pool -> new NativePool(pool.getLibrary(), pool.getThreads()))
            .toList(),
        m.getCountersList().stream()
            .map(each -> new NamedCounter(each.getName(), each.getSite(), each.getTotal()))
            .toList(),
        agent(m.getAgent()));
  }

  private static Memory memory(dev.hognose.v2.Memory m) {
    return new Memory(
        new Bytes(m.getRssBytes()),
        BytesCodec.read(m.hasUssBytes(), m.getUssBytes()),
        BytesCodec.read(m.hasPssBytes(), m.getPssBytes()),
        m.getAllocatedBlocks(),
        BytesCodec.read(m.hasTracedBytes(), m.getTracedBytes()),
        BytesCodec.read(m.hasTracerBytes(), m.getTracerBytes()),
        BytesCodec.read(m.hasMallocUsedBytes(), m.getMallocUsedBytes()),
        BytesCodec.read(m.hasMallocFreeBytes(), m.getMallocFreeBytes()),
        BytesCodec.read(m.hasSwapBytes(), m.getSwapBytes()));
  }

  private static Container container(dev.hognose.v2.Container m) {
    return new Container(
        BytesCodec.read(m.hasMemoryLimitBytes(), m.getMemoryLimitBytes()),
        BytesCodec.read(m.hasMemoryUsageBytes(), m.getMemoryUsageBytes()),
        m.hasOomKillsTotal() ? OptionalLong.of(m.getOomKillsTotal()) : OptionalLong.empty(),
        m.hasCpuLimitMicrocores()
            ? OptionalDouble.of(ContainerReading.cores(m.getCpuLimitMicrocores()))
            : OptionalDouble.empty(),
        maybe(m.hasThrottledUsTotal(), "throttled_us_total", m.getThrottledUsTotal()),
        new Pressure(
            maybe(m.hasCpuPressureUsTotal(), "cpu_pressure_us_total", m.getCpuPressureUsTotal()),
            maybe(
                m.hasMemoryPressureUsTotal(),
                "memory_pressure_us_total",
                m.getMemoryPressureUsTotal()),
            maybe(m.hasIoPressureUsTotal(), "io_pressure_us_total", m.getIoPressureUsTotal())));
  }

  private static Kernel kernel(dev.hognose.v2.Kernel m) {
    return new Kernel(
        m.getThreads(),
        m.hasOpenFds() ? OptionalInt.of(m.getOpenFds()) : OptionalInt.empty(),
        m.hasMaxFds() ? OptionalLong.of(m.getMaxFds()) : OptionalLong.empty(),
        m.getContextSwitchesVoluntaryTotal(),
        m.getContextSwitchesInvoluntaryTotal(),
        m.getPageFaultsMinorTotal(),
        m.getPageFaultsMajorTotal(),
        BytesCodec.read(m.hasIoReadBytesTotal(), m.getIoReadBytesTotal()),
        BytesCodec.read(m.hasIoWriteBytesTotal(), m.getIoWriteBytesTotal()),
        m.hasChildren()
            ? Optional.of(
                new Children(
                    m.getChildren().getCount(),
                    new Bytes(m.getChildren().getRssBytes()),
                    micros("children cpu_us_total", m.getChildren().getCpuUsTotal())))
            : Optional.empty(),
        new Growing(
            kinds(m.getGrowingThreadsList()),
            kinds(m.getGrowingDescriptorsList()),
            kinds(m.getGrowingChildrenList())));
  }

  private static List<GrowingKind> kinds(List<dev.hognose.v2.GrowingKind> kinds) {
    return kinds.stream()
        .map(m -> new GrowingKind(m.getKind(), m.getCount(), m.getGained(), m.getFolder()))
        .toList();
  }

  private static GarbageCollector collector(dev.hognose.v2.GarbageCollector m) {
    Histogram pause = histogram(m.getPauseUsList());
    List<Optional<Histogram>> pauses =
        m.getGenerationList().stream()
            .skip(1)
            .map(dev.hognose.v2.GarbageCollector.Generation::getPauseUsList)
            .map(told -> Optional.of(told).filter(each -> !each.isEmpty()))
            .map(told -> told.map(GeneratedSampleReading::histogram))
            .toList();
    Optional<Histogram> youngest =
        pauses.stream().flatMap(Optional::stream).reduce(Histogram::plus).map(pause::since);
    return new GarbageCollector(
        IntStream.range(0, m.getGenerationCount())
            .mapToObj(
                i ->
                    new GarbageCollector.Generation(
                        m.getGeneration(i).getCollectionsTotal(),
                        m.getGeneration(i).getCollectedTotal(),
                        m.getGeneration(i).getUncollectableTotal(),
                        i == 0 ? youngest : pauses.get(i - 1)))
            .toList(),
        pause,
        m.getFrozen(),
        m.getGarbage(),
        m.hasEnabled()
            ? m.getEnabled() ? GarbageCollector.Mode.ENABLED : GarbageCollector.Mode.DISABLED
            : GarbageCollector.Mode.UNKNOWN);
  }

  private static EventLoop loop(dev.hognose.v2.EventLoop m) {
    return new EventLoop(
        m.hasName() ? m.getName() : "MainThread",
        m.hasKind() ? m.getKind() : "asyncio",
        histogram(m.getLagUsList()),
        micros("blocked_us_total", m.getBlockedUsTotal()),
        m.getTasks(),
        m.getTasksByCoroutineList().stream()
            .map(
                group ->
                    new TaskGroup(
                        group.getCoroutine(),
                        group.getCount(),
                        micros("oldest_us", group.getOldestUs())))
            .toList());
  }

  private static AgentFigures agent(dev.hognose.v2.AgentFigures m) {
    return new AgentFigures(
        micros("agent cpu_us_total", m.getCpuUsTotal()),
        micros("agent tick_max_us", m.getTickMaxUs()),
        micros("agent gil_hold_max_us", m.getGilHoldMaxUs()),
        m.getOutbox(),
        byReason(m.getDroppedList()),
        m.getDisabledProbesList(),
        byReason(m.getSkippedList()),
        m.hasLastDeliveryMs()
            ? Optional.of(Instant.ofEpochMilli(m.getLastDeliveryMs()))
            : Optional.empty());
  }

  private static Map<String, Long> byReason(List<Dropped> counted) {
    Map<String, Long> totals = new LinkedHashMap<>();
    counted.forEach(each -> totals.merge(each.getReason(), each.getTotal(), Long::sum));
    return totals;
  }

  private static Histogram histogram(List<Long> packed) {
    long[] counts = packed.stream().skip(1).mapToLong(Long::longValue).toArray();
    return packed.isEmpty()
        ? Histogram.EMPTY
        : Histogram.of(counts, PackedHistogram.seconds(packed.get(0)));
  }

  private static Duration micros(String field, long micros) {
    return Seconds.ofMicros(field, micros);
  }

  private static Optional<Duration> maybe(boolean present, String field, long micros) {
    return present ? Optional.of(micros(field, micros)) : Optional.empty();
  }
}
