package dev.hognose.wire;

import dev.hognose.sample.ProcessId;
import dev.hognose.v1.Process;
import java.time.Instant;

/** A process within other messages. */
final class ProcessCodec {

  private ProcessCodec() {}

  static ProcessId read(Process message) {
    return new ProcessId(
        message.getService(),
        message.getHost(),
        message.getPid(),
        Instant.ofEpochMilli(message.getStartedAtMs()));
  }

  static Process write(ProcessId process) {
    return Process.newBuilder()
        .setService(process.service())
        .setHost(process.host())
        .setPid(process.pid())
        .setStartedAtMs(process.startedAt().toEpochMilli())
        .build();
  }
}
