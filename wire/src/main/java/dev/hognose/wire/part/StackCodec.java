package dev.hognose.wire.part;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.RecentFrames;
import dev.hognose.sample.Stack;
import java.util.Optional;

/** Frames, stacks and allocation sites within other messages. */
public final class StackCodec {

  private static final RecentFrames RECENT = new RecentFrames();

  private StackCodec() {}

  public static Frame readFrame(dev.hognose.v1.Frame message) {
    return RECENT.shared(new Frame(message.getFile(), message.getLine(), message.getFunction()));
  }

  public static dev.hognose.v1.Frame write(Frame frame) {
    return dev.hognose.v1.Frame.newBuilder()
        .setFile(frame.file())
        .setLine(frame.line())
        .setFunction(frame.function())
        .build();
  }

  public static Stack readStack(dev.hognose.v1.Stack message) {
    return new Stack(
        message.getFramesList().stream().map(StackCodec::readFrame).toList(),
        message.getCount(),
        message.getThread());
  }

  public static dev.hognose.v1.Stack write(Stack stack) {
    return dev.hognose.v1.Stack.newBuilder()
        .addAllFrames(stack.frames().stream().map(StackCodec::write).toList())
        .setCount(stack.count())
        .setThread(stack.thread())
        .build();
  }

  public static AllocationGrowth.Site readSite(dev.hognose.v1.AllocationGrowth.Site message) {
    return new AllocationGrowth.Site(
        message.getFramesList().stream().map(StackCodec::readFrame).toList(),
        new Bytes(message.getBytes()),
        message.getBlocks());
  }

  public static dev.hognose.v1.AllocationGrowth.Site write(AllocationGrowth.Site site) {
    return dev.hognose.v1.AllocationGrowth.Site.newBuilder()
        .addAllFrames(site.frames().stream().map(StackCodec::write).toList())
        .setBytes(site.bytes().count())
        .setBlocks(site.blocks())
        .build();
  }

  public static Optional<Frame> readFrame(boolean present, dev.hognose.v1.Frame m) {
    return present ? Optional.of(readFrame(m)) : Optional.empty();
  }
}
