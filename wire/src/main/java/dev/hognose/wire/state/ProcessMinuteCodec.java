package dev.hognose.wire.state;

import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
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
        dev.hognose.state.v1.ProcessMinute.parser(),
        bytes,
        m -> read(ProcessCodec.read(m.getProcess()), m));
  }

  @Override
  public byte[] encode(ProcessMinute minute) {
    return write(minute).setProcess(ProcessCodec.write(minute.process())).build().toByteArray();
  }

  static ProcessMinute read(ProcessId process, dev.hognose.state.v1.ProcessMinute m) {
    return new ProcessMinute(
        process,
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

  /** Without the process. */
  static dev.hognose.state.v1.ProcessMinute.Builder write(ProcessMinute minute) {
    return dev.hognose.state.v1.ProcessMinute.newBuilder()
        .setVersion(minute.version())
        .setMinuteMs(minute.minute().toEpochMilli())
        .setWatchedNs(MinuteCodec.nanos(minute.watched()))
        .setLoop(MinuteCodec.write(minute.loop()))
        .setWaits(MinuteCodec.write(minute.waits()))
        .setCpuNs(MinuteCodec.nanos(minute.cpu()))
        .setRssBytes(minute.rss().count())
        .setMemoryBytes(minute.memory().count())
        .setExceptions(minute.exceptions());
  }
}
