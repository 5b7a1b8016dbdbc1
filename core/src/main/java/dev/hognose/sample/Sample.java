package dev.hognose.sample;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The figures of one process at one moment.
 *
 * @param sequence numbers the samples and events of a process alike, from 1
 * @param interval at which the agent takes samples; it tells when a process has fallen silent
 * @param version of the service, empty when unknown
 */
public record Sample(
    ProcessId process,
    long sequence,
    Instant at,
    Duration interval,
    String version,
    Cpu cpu,
    Memory memory,
    Container container,
    Kernel kernel,
    GarbageCollector gc,
    List<EventLoop> loops,
    Histogram gilWait,
    List<ThreadCpu> threadCpu,
    List<NativePool> nativePools,
    List<NamedCounter> counters,
    AgentFigures agent) {

  public Sample {
    if (sequence <= 0) {
      throw new IllegalArgumentException("sequence=" + sequence + ": expected 1 or more");
    }
    Moment.check("at_ms", at);
    if (interval.isNegative() || interval.isZero()) {
      throw new IllegalArgumentException(
          "interval_ms=" + interval.toMillis() + ": expected 1 or more");
    }
    loops = List.copyOf(loops);
    threadCpu = List.copyOf(threadCpu);
    nativePools = List.copyOf(nativePools);
    counters = List.copyOf(counters);
  }

  /** When a process that has said nothing since this sample counts as silent. */
  public Instant silentAt() {
    return at.plus(interval).plus(interval).plus(interval);
  }
}
