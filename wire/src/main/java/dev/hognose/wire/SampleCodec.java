package dev.hognose.wire;

import dev.hognose.sample.AgentFigures;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Children;
import dev.hognose.sample.Container;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.Memory;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.NativePool;
import dev.hognose.sample.Pressure;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** The message {@code Sample} of telemetry.proto. */
public final class SampleCodec implements Codec<Sample> {

  private final RecentProcesses processes = new RecentProcesses();

  @Override
  public Sample decode(byte[] bytes) {
    return Parsing.parse(dev.hognose.v1.Sample.parser(), bytes, this::read);
  }

  @Override
  public byte[] encode(Sample sample) {
    return write(sample).toByteArray();
  }

  private Sample read(dev.hognose.v1.Sample m) {
    return new Sample(
        processes.of(m.getProcess()),
        m.getSequence(),
        Instant.ofEpochMilli(m.getAtMs()),
        Seconds.ofMillis(m.getIntervalMs()),
        m.getVersion(),
        new Cpu(
            Seconds.toDuration("cpu_user_seconds_total", m.getCpuUserSecondsTotal()),
            Seconds.toDuration("cpu_system_seconds_total", m.getCpuSystemSecondsTotal())),
        readMemory(m),
        readContainer(m),
        readKernel(m),
        GarbageCollectorCodec.read(m.getGc()),
        m.getLoopsList().stream().map(EventLoopCodec::read).toList(),
        HistogramCodec.read(m.getGilWaitSeconds()),
        m.getThreadCpuList().stream().map(SampleCodec::readThread).toList(),
        m.getNativePoolsList().stream()
            .map(pool -> new NativePool(pool.getLibrary(), pool.getThreads()))
            .toList(),
        m.getCountersList().stream()
            .map(
                counter ->
                    new NamedCounter(counter.getName(), counter.getSite(), counter.getTotal()))
            .toList(),
        readAgent(m.getAgent()));
  }

  private static Memory readMemory(dev.hognose.v1.Sample m) {
    return new Memory(
        new Bytes(m.getRssBytes()),
        bytes(m.hasUssBytes(), m.getUssBytes()),
        bytes(m.hasPssBytes(), m.getPssBytes()),
        m.getAllocatedBlocks(),
        bytes(m.hasTracedBytes(), m.getTracedBytes()),
        bytes(m.hasTracerBytes(), m.getTracerBytes()),
        bytes(m.hasMallocUsedBytes(), m.getMallocUsedBytes()),
        bytes(m.hasMallocFreeBytes(), m.getMallocFreeBytes()),
        bytes(m.hasSwapBytes(), m.getSwapBytes()));
  }

  private static Container readContainer(dev.hognose.v1.Sample m) {
    return new Container(
        bytes(m.hasMemoryLimitBytes(), m.getMemoryLimitBytes()),
        bytes(m.hasMemoryUsageBytes(), m.getMemoryUsageBytes()),
        m.hasOomKillsTotal() ? OptionalLong.of(m.getOomKillsTotal()) : OptionalLong.empty(),
        m.hasCpuLimitCores() ? OptionalDouble.of(m.getCpuLimitCores()) : OptionalDouble.empty(),
        m.hasThrottledSecondsTotal()
            ? Optional.of(
                Seconds.toDuration("throttled_seconds_total", m.getThrottledSecondsTotal()))
            : Optional.empty(),
        readPressure(m));
  }

  private static Pressure readPressure(dev.hognose.v1.Sample m) {
    return new Pressure(
        seconds(m.hasCpuPressureSecondsTotal(), m.getCpuPressureSecondsTotal()),
        seconds(m.hasMemoryPressureSecondsTotal(), m.getMemoryPressureSecondsTotal()),
        seconds(m.hasIoPressureSecondsTotal(), m.getIoPressureSecondsTotal()));
  }

  private static Optional<Children> readChildren(dev.hognose.v1.Sample m) {
    if (!m.hasChildren()) {
      return Optional.empty();
    }
    dev.hognose.v1.Children children = m.getChildren();
    return Optional.of(
        new Children(
            children.getCount(),
            new Bytes(children.getRssBytes()),
            Seconds.toDuration("children cpu_seconds_total", children.getCpuSecondsTotal())));
  }

  private static Kernel readKernel(dev.hognose.v1.Sample m) {
    return new Kernel(
        m.getThreads(),
        m.hasOpenFds() ? OptionalInt.of(m.getOpenFds()) : OptionalInt.empty(),
        m.hasMaxFds() ? OptionalLong.of(m.getMaxFds()) : OptionalLong.empty(),
        m.getContextSwitchesVoluntaryTotal(),
        m.getContextSwitchesInvoluntaryTotal(),
        m.getPageFaultsMinorTotal(),
        m.getPageFaultsMajorTotal(),
        bytes(m.hasIoReadBytesTotal(), m.getIoReadBytesTotal()),
        bytes(m.hasIoWriteBytesTotal(), m.getIoWriteBytesTotal()),
        readChildren(m));
  }

  private static ThreadCpu readThread(dev.hognose.v1.ThreadCpu m) {
    return new ThreadCpu(
        m.getName(),
        Seconds.toDuration("thread cpu_seconds_total", m.getCpuSecondsTotal()),
        Seconds.toDuration("thread runqueue_seconds_total", m.getRunqueueSecondsTotal()));
  }

  private static AgentFigures readAgent(dev.hognose.v1.AgentFigures m) {
    return new AgentFigures(
        Seconds.toDuration("agent cpu_seconds_total", m.getCpuSecondsTotal()),
        Seconds.toDuration("agent tick_max_seconds", m.getTickMaxSeconds()),
        Seconds.toDuration("agent gil_hold_max_seconds", m.getGilHoldMaxSeconds()),
        m.getOutbox(),
        byReason(m.getDroppedList()),
        m.getDisabledProbesList(),
        byReason(m.getSkippedList()),
        m.hasLastDeliveryMs()
            ? Optional.of(Instant.ofEpochMilli(m.getLastDeliveryMs()))
            : Optional.empty());
  }

  private static Map<String, Long> byReason(List<dev.hognose.v1.AgentFigures.Dropped> counted) {
    Map<String, Long> totals = new LinkedHashMap<>();
    counted.forEach(each -> totals.merge(each.getReason(), each.getTotal(), Long::sum));
    return totals;
  }

  private static Optional<Duration> seconds(boolean present, double total) {
    return present
        ? Optional.of(Seconds.toDuration("pressure_seconds_total", total))
        : Optional.empty();
  }

  private static Optional<Bytes> bytes(boolean present, long count) {
    return present ? Optional.of(new Bytes(count)) : Optional.empty();
  }

  private static dev.hognose.v1.Sample write(Sample sample) {
    dev.hognose.v1.Sample.Builder m =
        dev.hognose.v1.Sample.newBuilder()
            .setProcess(ProcessCodec.write(sample.process()))
            .setSequence(sample.sequence())
            .setAtMs(sample.at().toEpochMilli())
            .setIntervalMs(Seconds.millis(sample.interval()))
            .setVersion(sample.version())
            .setCpuUserSecondsTotal(Seconds.of(sample.cpu().user()))
            .setCpuSystemSecondsTotal(Seconds.of(sample.cpu().system()))
            .setGc(GarbageCollectorCodec.write(sample.gc()))
            .setGilWaitSeconds(HistogramCodec.write(sample.gilWait()))
            .setAgent(writeAgent(sample.agent()));
    writeMemory(sample.memory(), m);
    writeContainer(sample.container(), m);
    writeKernel(sample.kernel(), m);
    sample.loops().forEach(loop -> m.addLoops(EventLoopCodec.write(loop)));
    sample.threadCpu().forEach(thread -> m.addThreadCpu(writeThread(thread)));
    sample
        .nativePools()
        .forEach(
            pool ->
                m.addNativePoolsBuilder().setLibrary(pool.library()).setThreads(pool.threads()));
    sample
        .counters()
        .forEach(
            counter ->
                m.addCountersBuilder()
                    .setName(counter.name())
                    .setSite(counter.site())
                    .setTotal(counter.total()));
    return m.build();
  }

  private static void writeMemory(Memory memory, dev.hognose.v1.Sample.Builder m) {
    m.setRssBytes(memory.rss().count()).setAllocatedBlocks(memory.allocatedBlocks());
    ifBytes(memory.uss(), m::setUssBytes);
    ifBytes(memory.pss(), m::setPssBytes);
    ifBytes(memory.traced(), m::setTracedBytes);
    ifBytes(memory.tracer(), m::setTracerBytes);
    ifBytes(memory.mallocUsed(), m::setMallocUsedBytes);
    ifBytes(memory.mallocFree(), m::setMallocFreeBytes);
    ifBytes(memory.swap(), m::setSwapBytes);
  }

  private static void writeContainer(Container container, dev.hognose.v1.Sample.Builder m) {
    ifBytes(container.memoryLimit(), m::setMemoryLimitBytes);
    ifBytes(container.memoryUsage(), m::setMemoryUsageBytes);
    container.oomKills().ifPresent(m::setOomKillsTotal);
    container.cpuLimitCores().ifPresent(m::setCpuLimitCores);
    container.throttled().ifPresent(throttled -> m.setThrottledSecondsTotal(Seconds.of(throttled)));
    Pressure pressure = container.pressure();
    pressure.cpu().ifPresent(waited -> m.setCpuPressureSecondsTotal(Seconds.of(waited)));
    pressure.memory().ifPresent(waited -> m.setMemoryPressureSecondsTotal(Seconds.of(waited)));
    pressure.io().ifPresent(waited -> m.setIoPressureSecondsTotal(Seconds.of(waited)));
  }

  private static void writeKernel(Kernel kernel, dev.hognose.v1.Sample.Builder m) {
    m.setThreads(kernel.threads())
        .setContextSwitchesVoluntaryTotal(kernel.voluntarySwitches())
        .setContextSwitchesInvoluntaryTotal(kernel.involuntarySwitches())
        .setPageFaultsMinorTotal(kernel.minorFaults())
        .setPageFaultsMajorTotal(kernel.majorFaults());
    kernel.openFds().ifPresent(m::setOpenFds);
    kernel.maxFds().ifPresent(m::setMaxFds);
    ifBytes(kernel.read(), m::setIoReadBytesTotal);
    ifBytes(kernel.written(), m::setIoWriteBytesTotal);
    kernel
        .children()
        .ifPresent(
            children ->
                m.getChildrenBuilder()
                    .setCount(children.count())
                    .setRssBytes(children.rss().count())
                    .setCpuSecondsTotal(Seconds.of(children.cpu())));
  }

  private static void ifBytes(Optional<Bytes> bytes, Consumer<Long> setter) {
    bytes.ifPresent(present -> setter.accept(present.count()));
  }

  private static dev.hognose.v1.ThreadCpu writeThread(ThreadCpu thread) {
    return dev.hognose.v1.ThreadCpu.newBuilder()
        .setName(thread.name())
        .setCpuSecondsTotal(Seconds.of(thread.cpu()))
        .setRunqueueSecondsTotal(Seconds.of(thread.runQueue()))
        .build();
  }

  private static dev.hognose.v1.AgentFigures writeAgent(AgentFigures agent) {
    dev.hognose.v1.AgentFigures.Builder m =
        dev.hognose.v1.AgentFigures.newBuilder()
            .setCpuSecondsTotal(Seconds.of(agent.cpu()))
            .setTickMaxSeconds(Seconds.of(agent.longestTick()))
            .setGilHoldMaxSeconds(Seconds.of(agent.longestGilHold()))
            .setOutbox(agent.outbox())
            .addAllDisabledProbes(agent.disabledProbes());
    agent
        .dropped()
        .forEach((reason, total) -> m.addDroppedBuilder().setReason(reason).setTotal(total));
    agent
        .skipped()
        .forEach((reason, total) -> m.addSkippedBuilder().setReason(reason).setTotal(total));
    agent.lastDelivery().ifPresent(at -> m.setLastDeliveryMs(at.toEpochMilli()));
    return m.build();
  }
}
