package dev.hognose.wire.sample;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.Children;
import dev.hognose.sample.Growing;
import dev.hognose.sample.GrowingKind;
import dev.hognose.sample.Kernel;
import dev.hognose.v1.Sample;
import dev.hognose.wire.part.Seconds;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** What the kernel keeps and counts for a process: fields of a sample of the first form. */
final class KernelCodec {

  private KernelCodec() {}

  static Kernel read(Sample m) {
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
        readChildren(m),
        readGrowing(m));
  }

  private static Optional<Children> readChildren(Sample m) {
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

  /** Nearly always nothing: not a stream for each of them. */
  private static Growing readGrowing(Sample m) {
    boolean grows =
        m.getGrowingThreadsCount() + m.getGrowingDescriptorsCount() + m.getGrowingChildrenCount()
            > 0;
    return grows
        ? new Growing(
            readKinds(m.getGrowingThreadsList()),
            readKinds(m.getGrowingDescriptorsList()),
            readKinds(m.getGrowingChildrenList()))
        : Growing.NOTHING;
  }

  private static List<GrowingKind> readKinds(List<dev.hognose.v1.GrowingKind> kinds) {
    return kinds.stream()
        .map(
            each ->
                new GrowingKind(
                    each.getKind(), each.getCount(), each.getGained(), each.getFolder()))
        .toList();
  }

  static void write(Kernel kernel, Sample.Builder m) {
    m.setThreads(kernel.threads())
        .setContextSwitchesVoluntaryTotal(kernel.voluntarySwitches())
        .setContextSwitchesInvoluntaryTotal(kernel.involuntarySwitches())
        .setPageFaultsMinorTotal(kernel.minorFaults())
        .setPageFaultsMajorTotal(kernel.majorFaults());
    kernel.openFds().ifPresent(m::setOpenFds);
    kernel.maxFds().ifPresent(m::setMaxFds);
    BytesCodec.write(kernel.read(), m::setIoReadBytesTotal);
    BytesCodec.write(kernel.written(), m::setIoWriteBytesTotal);
    kernel.children().ifPresent(children -> write(children, m.getChildrenBuilder()));
    kernel.growing().threads().forEach(each -> write(each, m.addGrowingThreadsBuilder()));
    kernel.growing().descriptors().forEach(each -> write(each, m.addGrowingDescriptorsBuilder()));
    kernel.growing().children().forEach(each -> write(each, m.addGrowingChildrenBuilder()));
  }

  private static void write(Children children, dev.hognose.v1.Children.Builder m) {
    m.setCount(children.count())
        .setRssBytes(children.rss().count())
        .setCpuSecondsTotal(Seconds.of(children.cpu()));
  }

  private static void write(GrowingKind growing, dev.hognose.v1.GrowingKind.Builder m) {
    m.setKind(growing.kind())
        .setCount(growing.count())
        .setGained(growing.gained())
        .setFolder(growing.folder());
  }
}
