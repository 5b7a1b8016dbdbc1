package dev.hognose.wire.part;

import dev.hognose.sample.ProcessId;
import dev.hognose.v1.Process;
import java.time.Instant;

/** A process within other messages. */
public final class ProcessCodec {

  private ProcessCodec() {}

  public static ProcessId read(Process message) {
    return new ProcessId(
        message.getService(),
        message.getHost(),
        message.getPid(),
        Instant.ofEpochMilli(message.getStartedAtMs()));
  }

  public static Process write(ProcessId process) {
    return Process.newBuilder()
        .setService(process.service())
        .setHost(process.host())
        .setPid(process.pid())
        .setStartedAtMs(process.startedAt().toEpochMilli())
        .build();
  }
}
