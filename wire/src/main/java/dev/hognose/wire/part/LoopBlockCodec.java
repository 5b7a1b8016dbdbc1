package dev.hognose.wire.part;

import dev.hognose.sample.LoopBlock;
import java.time.Instant;

/** The message {@code LoopBlock} of telemetry.proto. */
public final class LoopBlockCodec {

  private LoopBlockCodec() {}

  public static LoopBlock read(dev.hognose.v1.LoopBlock m) {
    return new LoopBlock(
        m.getId(),
        Instant.ofEpochMilli(m.getStartedMs()),
        Seconds.ofMillis(m.getDurationMs()),
        m.getEnded(),
        m.getLoop(),
        m.getTask(),
        m.getCoroutine(),
        EnumCodec.read(m.getCause(), LoopBlock.Cause.UNKNOWN),
        StackCodec.readFrame(m.hasCulprit(), m.getCulprit()),
        m.getStacksList().stream().map(StackCodec::readStack).toList(),
        m.getStackLate(),
        readSplit(m.getSplit()),
        m.getCut());
  }

  public static LoopBlock.TimeSplit readSplit(dev.hognose.v1.LoopBlock.TimeSplit m) {
    return new LoopBlock.TimeSplit(
        Seconds.ofMillis(m.getCpuMs()),
        Seconds.ofMillis(m.getRunqueueMs()),
        Seconds.ofMillis(m.getThrottledMs()),
        Seconds.ofMillis(m.getGcMs()),
        Seconds.ofMillis(m.getGilMs()));
  }

  public static dev.hognose.v1.LoopBlock write(LoopBlock block) {
    dev.hognose.v1.LoopBlock.Builder m =
        dev.hognose.v1.LoopBlock.newBuilder()
            .setId(block.id())
            .setStartedMs(block.startedAt().toEpochMilli())
            .setDurationMs(Seconds.millis(block.duration()))
            .setEnded(block.ended())
            .setLoop(block.loop())
            .setTask(block.task())
            .setCoroutine(block.coroutine())
            .setCause(
                EnumCodec.write(block.cause(), dev.hognose.v1.LoopBlock.Cause.CAUSE_UNSPECIFIED))
            .addAllStacks(block.stacks().stream().map(StackCodec::write).toList())
            .setStackLate(block.stackLate())
            .setSplit(writeSplit(block.split()))
            .setCut(block.cut());
    block.culprit().ifPresent(culprit -> m.setCulprit(StackCodec.write(culprit)));
    return m.build();
  }

  public static dev.hognose.v1.LoopBlock.TimeSplit writeSplit(LoopBlock.TimeSplit split) {
    return dev.hognose.v1.LoopBlock.TimeSplit.newBuilder()
        .setCpuMs(Seconds.millis(split.cpu()))
        .setRunqueueMs(Seconds.millis(split.runQueue()))
        .setThrottledMs(Seconds.millis(split.throttled()))
        .setGcMs(Seconds.millis(split.gc()))
        .setGilMs(Seconds.millis(split.gil()))
        .build();
  }
}
