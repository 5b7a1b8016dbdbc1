package dev.hognose.wire.sample;

import com.google.protobuf.MessageOrBuilder;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import dev.hognose.wire.Schema;
import dev.hognose.wire.part.Seconds;

/**
 * Writes a sample of the second form, as the agent does; the other way is {@link SampleReading}.
 */
final class SampleWriting {

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
            .addAllGilWaitUs(PackedHistogram.write(sample.gilWait()))
            .setGc(GarbageCollectorWriting.write(sample.gc()))
            .setAgent(AgentWriting.write(sample.agent()));
    MemoryWriting.write(sample.memory(), m.getMemoryBuilder());
    ContainerWriting.write(sample.container(), m.getContainerBuilder());
    KernelWriting.write(sample.kernel(), m.getKernelBuilder());
    writeNamed(sample, m);
    return withoutEmptyParts(m).build();
  }

  private static void writeNamed(Sample sample, dev.hognose.v2.Sample.Builder m) {
    sample.loops().forEach(loop -> LoopWriting.write(loop, m.addLoopsBuilder()));
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

  private static void write(ThreadCpu thread, dev.hognose.v2.ThreadCpu.Builder m) {
    if (!thread.name().equals(LoopReading.MAIN_THREAD)) {
      m.setName(thread.name());
    }
    m.setCpuUsTotal(Seconds.micros(thread.cpu()))
        .setRunqueueUsTotal(Seconds.micros(thread.runQueue()));
  }
}
