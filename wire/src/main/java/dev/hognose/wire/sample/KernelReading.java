package dev.hognose.wire.sample;

import com.google.protobuf.WireFormat;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Children;
import dev.hognose.sample.Growing;
import dev.hognose.sample.GrowingKind;
import dev.hognose.v2.Kernel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the kernel keeps and counts for a sample's process. */
final class KernelReading implements SampleFields.Message {

  private final SampleNumbers numbers = new SampleNumbers(Kernel.IO_WRITE_BYTES_TOTAL_FIELD_NUMBER);
  private final SampleNumbers children =
      new SampleNumbers(dev.hognose.v2.Children.CPU_US_TOTAL_FIELD_NUMBER);
  private boolean childrenAreTold;
  private final List<NamedNumbers> growingThreads = new ArrayList<>(0);
  private final List<NamedNumbers> growingDescriptors = new ArrayList<>(0);
  private final List<NamedNumbers> growingChildren = new ArrayList<>(0);

  @Override
  public boolean take(int tag, SampleFields from) throws IOException {
    if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
      return numbers.take(tag, from);
    }
    switch (WireFormat.getTagFieldNumber(tag)) {
      case Kernel.CHILDREN_FIELD_NUMBER -> {
        childrenAreTold = true;
        from.nested(children);
      }
      case Kernel.GROWING_THREADS_FIELD_NUMBER -> from.nested(growingThreads, growing());
      case Kernel.GROWING_DESCRIPTORS_FIELD_NUMBER -> from.nested(growingDescriptors, growing());
      case Kernel.GROWING_CHILDREN_FIELD_NUMBER -> from.nested(growingChildren, growing());
      default -> {
        return false;
      }
    }
    return true;
  }

  private static NamedNumbers growing() {
    return new NamedNumbers(dev.hognose.v2.GrowingKind.FOLDER_FIELD_NUMBER);
  }

  dev.hognose.sample.Kernel read() {
    return new dev.hognose.sample.Kernel(
        numbers.smallOf(Kernel.THREADS_FIELD_NUMBER),
        numbers.smallCount(Kernel.OPEN_FDS_FIELD_NUMBER),
        numbers.count(Kernel.MAX_FDS_FIELD_NUMBER),
        numbers.of(Kernel.CONTEXT_SWITCHES_VOLUNTARY_TOTAL_FIELD_NUMBER),
        numbers.of(Kernel.CONTEXT_SWITCHES_INVOLUNTARY_TOTAL_FIELD_NUMBER),
        numbers.of(Kernel.PAGE_FAULTS_MINOR_TOTAL_FIELD_NUMBER),
        numbers.of(Kernel.PAGE_FAULTS_MAJOR_TOTAL_FIELD_NUMBER),
        numbers.bytes(Kernel.IO_READ_BYTES_TOTAL_FIELD_NUMBER),
        numbers.bytes(Kernel.IO_WRITE_BYTES_TOTAL_FIELD_NUMBER),
        readChildren(),
        readGrowing());
  }

  private Optional<Children> readChildren() {
    return childrenAreTold
        ? Optional.of(
            new Children(
                children.smallOf(dev.hognose.v2.Children.COUNT_FIELD_NUMBER),
                new Bytes(children.of(dev.hognose.v2.Children.RSS_BYTES_FIELD_NUMBER)),
                children.micros(
                    dev.hognose.v2.Children.CPU_US_TOTAL_FIELD_NUMBER, "children cpu_us_total")))
        : Optional.empty();
  }

  /** Nearly always nothing. */
  private Growing readGrowing() {
    if (growingThreads.isEmpty() && growingDescriptors.isEmpty() && growingChildren.isEmpty()) {
      return Growing.NOTHING;
    }
    return new Growing(
        SampleReading.each(growingThreads, KernelReading::readKind),
        SampleReading.each(growingDescriptors, KernelReading::readKind),
        SampleReading.each(growingChildren, KernelReading::readKind));
  }

  private static GrowingKind readKind(NamedNumbers kind) {
    return new GrowingKind(
        kind.text(),
        kind.numbers().smallOf(dev.hognose.v2.GrowingKind.COUNT_FIELD_NUMBER),
        kind.numbers().smallOf(dev.hognose.v2.GrowingKind.GAINED_FIELD_NUMBER),
        kind.more());
  }
}
