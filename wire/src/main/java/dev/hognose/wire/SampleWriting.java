package dev.hognose.wire;

import com.google.protobuf.MessageOrBuilder;
import dev.hognose.sample.AgentFigures;
import dev.hognose.sample.Container;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.GarbageCollector.Generation;
import dev.hognose.sample.GarbageCollector.Mode;
import dev.hognose.sample.GrowingKind;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Kernel;
import dev.hognose.sample.Memory;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import java.util.ArrayList;
import java.util.List;

/**
 * Writes a sample of the second form, as the agent does; the other way is {@link SampleReading}.
 */
final class SampleWriting {

  private static final double MICROS = 1e6;

  private SampleWriting() {}

  static dev.hognose.v2.Sample message(Sample sample) {
    dev.hognose.v2.Sample.Builder m =
        dev.hognose.v2.Sample.newBuilder()
            .setSchema(Schema.NEWEST)
            .setSequence(sample.sequence())
            .setAtMs(sample.at().toEpochMilli())
            .setIntervalMs(Seconds.millis(sample.interval()))
            .setVersion(sample.version())
            .setCpuUserUsTotal(Seconds.micros(sample.cpu().user()))
            .setCpuSystemUsTotal(Seconds.micros(sample.cpu().system()))
            .addAllGilWaitUs(packed(sample.gilWait()))
            .setGc(write(sample.gc()))
            .setAgent(write(sample.agent()));
    write(sample.memory(), m.getMemoryBuilder());
    write(sample.container(), m.getContainerBuilder());
    write(sample.kernel(), m.getKernelBuilder());
    sample.loops().forEach(loop -> write(loop, m.addLoopsBuilder()));
    sample.threadCpu().forEach(thread -> write(thread, m.addThreadCpuBuilder()));
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
    return withoutEmptyParts(m).build();
  }

  /** A part that says nothing is left out. */
  private static dev.hognose.v2.Sample.Builder withoutEmptyParts(dev.hognose.v2.Sample.Builder m) {
    if (isEmpty(m.getMemoryBuilder())) {
      m.clearMemory();
    }
    if (isEmpty(m.getContainerBuilder())) {
      m.clearContainer();
    }
    if (isEmpty(m.getKernelBuilder())) {
      m.clearKernel();
    }
    return m;
  }

  private static boolean isEmpty(MessageOrBuilder part) {
    return part.getAllFields().isEmpty();
  }

  private static void write(Memory memory, dev.hognose.v2.Memory.Builder m) {
    m.setRssBytes(memory.rss().count()).setAllocatedBlocks(memory.allocatedBlocks());
    BytesCodec.write(memory.uss(), m::setUssBytes);
    BytesCodec.write(memory.pss(), m::setPssBytes);
    BytesCodec.write(memory.swap(), m::setSwapBytes);
    BytesCodec.write(memory.mallocUsed(), m::setMallocUsedBytes);
    BytesCodec.write(memory.mallocFree(), m::setMallocFreeBytes);
    BytesCodec.write(memory.traced(), m::setTracedBytes);
    BytesCodec.write(memory.tracer(), m::setTracerBytes);
  }

  private static void write(Container container, dev.hognose.v2.Container.Builder m) {
    BytesCodec.write(container.memoryLimit(), m::setMemoryLimitBytes);
    BytesCodec.write(container.memoryUsage(), m::setMemoryUsageBytes);
    container.oomKills().ifPresent(m::setOomKillsTotal);
    container.cpuLimitCores().ifPresent(cores -> m.setCpuLimitMicrocores(millionths(cores)));
    container.throttled().ifPresent(time -> m.setThrottledUsTotal(Seconds.micros(time)));
    container.pressure().cpu().ifPresent(time -> m.setCpuPressureUsTotal(Seconds.micros(time)));
    container
        .pressure()
        .memory()
        .ifPresent(time -> m.setMemoryPressureUsTotal(Seconds.micros(time)));
    container.pressure().io().ifPresent(time -> m.setIoPressureUsTotal(Seconds.micros(time)));
  }

  private static void write(Kernel kernel, dev.hognose.v2.Kernel.Builder m) {
    m.setThreads(kernel.threads())
        .setContextSwitchesVoluntaryTotal(kernel.voluntarySwitches())
        .setContextSwitchesInvoluntaryTotal(kernel.involuntarySwitches())
        .setPageFaultsMinorTotal(kernel.minorFaults())
        .setPageFaultsMajorTotal(kernel.majorFaults());
    kernel.openFds().ifPresent(m::setOpenFds);
    kernel.maxFds().ifPresent(m::setMaxFds);
    BytesCodec.write(kernel.read(), m::setIoReadBytesTotal);
    BytesCodec.write(kernel.written(), m::setIoWriteBytesTotal);
    kernel
        .children()
        .ifPresent(
            children ->
                m.getChildrenBuilder()
                    .setCount(children.count())
                    .setRssBytes(children.rss().count())
                    .setCpuUsTotal(Seconds.micros(children.cpu())));
    kernel.growing().threads().forEach(each -> write(each, m.addGrowingThreadsBuilder()));
    kernel.growing().descriptors().forEach(each -> write(each, m.addGrowingDescriptorsBuilder()));
    kernel.growing().children().forEach(each -> write(each, m.addGrowingChildrenBuilder()));
  }

  private static void write(GrowingKind growing, dev.hognose.v2.GrowingKind.Builder m) {
    m.setKind(growing.kind())
        .setCount(growing.count())
        .setGained(growing.gained())
        .setFolder(growing.folder());
  }

  private static dev.hognose.v2.GarbageCollector write(GarbageCollector gc) {
    dev.hognose.v2.GarbageCollector.Builder m =
        dev.hognose.v2.GarbageCollector.newBuilder()
            .addAllPauseUs(packed(gc.pause()))
            .setFrozen(gc.frozen())
            .setGarbage(gc.garbage());
    for (Generation generation : gc.generations()) {
      boolean isYoungest = m.getGenerationCount() == 0;
      dev.hognose.v2.GarbageCollector.Generation.Builder one =
          m.addGenerationBuilder()
              .setCollectionsTotal(generation.collections())
              .setCollectedTotal(generation.collected())
              .setUncollectableTotal(generation.uncollectable());
      generation
          .pause()
          .filter(pause -> !isYoungest)
          .ifPresent(pause -> one.addAllPauseUs(packed(pause)));
    }
    if (gc.mode() != Mode.UNKNOWN) {
      m.setEnabled(gc.mode() == Mode.ENABLED);
    }
    return m.build();
  }

  private static void write(EventLoop loop, dev.hognose.v2.EventLoop.Builder m) {
    if (!loop.name().equals(LoopReading.MAIN_THREAD)) {
      m.setName(loop.name());
    }
    if (!loop.kind().equals(LoopReading.ASYNCIO)) {
      m.setKind(loop.kind());
    }
    m.addAllLagUs(packed(loop.lag()))
        .setBlockedUsTotal(Seconds.micros(loop.blocked()))
        .setTasks(loop.tasks());
    loop.tasksByCoroutine()
        .forEach(
            group ->
                m.addTasksByCoroutineBuilder()
                    .setCoroutine(group.coroutine())
                    .setCount(group.count())
                    .setOldestUs(Seconds.micros(group.oldest())));
  }

  private static void write(ThreadCpu thread, dev.hognose.v2.ThreadCpu.Builder m) {
    if (!thread.name().equals(LoopReading.MAIN_THREAD)) {
      m.setName(thread.name());
    }
    m.setCpuUsTotal(Seconds.micros(thread.cpu()))
        .setRunqueueUsTotal(Seconds.micros(thread.runQueue()));
  }

  private static dev.hognose.v2.AgentFigures write(AgentFigures agent) {
    dev.hognose.v2.AgentFigures.Builder m =
        dev.hognose.v2.AgentFigures.newBuilder()
            .setCpuUsTotal(Seconds.micros(agent.cpu()))
            .setTickMaxUs(Seconds.micros(agent.longestTick()))
            .setGilHoldMaxUs(Seconds.micros(agent.longestGilHold()))
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

  private static List<Long> packed(Histogram histogram) {
    int used = Histogram.buckets();
    while (used > 0 && histogram.count(used - 1) == 0) {
      used--;
    }
    List<Long> numbers = new ArrayList<>(used + 1);
    numbers.add(millionths(histogram.sumSeconds()));
    for (int bucket = 0; bucket < used; bucket++) {
      numbers.add(histogram.count(bucket));
    }
    return numbers;
  }

  private static long millionths(double whole) {
    return Math.round(whole * MICROS);
  }
}
