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
final class FirstKernelReading {

  private FirstKernelReading() {}

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
}
