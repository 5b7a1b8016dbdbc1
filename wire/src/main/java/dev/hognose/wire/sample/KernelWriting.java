package dev.hognose.wire.sample;

import dev.hognose.sample.GrowingKind;
import dev.hognose.sample.Kernel;
import dev.hognose.wire.part.Seconds;

/** What the kernel keeps and counts for a process; the other way is {@link KernelReading}. */
final class KernelWriting {

  private KernelWriting() {}

  static void write(Kernel kernel, dev.hognose.v2.Kernel.Builder m) {
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
}
