package dev.hognose.wire.state;

import dev.hognose.packed.PackedDuration;
import dev.hognose.sample.Bytes;
import dev.hognose.service.ProcessMinute;
import dev.hognose.wire.Codec;
import dev.hognose.wire.Parsing;
import dev.hognose.wire.part.ProcessCodec;
import java.time.Duration;
import java.time.Instant;

/** The message {@code ProcessMinute} of state.proto. */
public final class ProcessMinuteCodec implements Codec<ProcessMinute> {

  @Override
  public ProcessMinute decode(byte[] bytes) {
    return Parsing.parse(
        dev.hognose.state.v1.ProcessMinute.parser(), bytes, ProcessMinuteCodec::read);
  }

  @Override
  public byte[] encode(ProcessMinute minute) {
    return write(minute).toByteArray();
  }

  private static ProcessMinute read(dev.hognose.state.v1.ProcessMinute m) {
    return new ProcessMinute(
        ProcessCodec.read(m.getProcess()),
        m.getVersion(),
        Instant.ofEpochMilli(m.getMinuteMs()),
        Duration.ofNanos(m.getWatchedNs()),
        MinuteCodec.read(m.getLoop()),
        MinuteCodec.read(m.getWaits()),
        Duration.ofNanos(m.getCpuNs()),
        new Bytes(m.getRssBytes()),
        new Bytes(m.getMemoryBytes()),
        m.getExceptions());
  }

  private static dev.hognose.state.v1.ProcessMinute write(ProcessMinute minute) {
    return dev.hognose.state.v1.ProcessMinute.newBuilder()
        .setProcess(ProcessCodec.write(minute.process()))
        .setVersion(minute.version())
        .setMinuteMs(minute.minute().toEpochMilli())
        .setWatchedNs(PackedDuration.nanos(minute.watched()))
        .setLoop(MinuteCodec.write(minute.loop()))
        .setWaits(MinuteCodec.write(minute.waits()))
        .setCpuNs(PackedDuration.nanos(minute.cpu()))
        .setRssBytes(minute.rss().count())
        .setMemoryBytes(minute.memory().count())
        .setExceptions(minute.exceptions())
        .build();
  }
}
