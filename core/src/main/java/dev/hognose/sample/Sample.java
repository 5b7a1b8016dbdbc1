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

  /** An agent's is an hour at most; with a longer one a process would never fall silent. */
  private static final Duration LONGEST_INTERVAL = Duration.ofDays(1);

  public Sample {
    if (sequence <= 0) {
      throw new IllegalArgumentException("sequence=" + sequence + ": expected 1 or more");
    }
    Moment.check("at_ms", at);
    if (interval.isNegative() || interval.isZero() || interval.compareTo(LONGEST_INTERVAL) > 0) {
      throw new IllegalArgumentException(
          "interval_ms=" + interval.toMillis() + ": expected 1 to " + LONGEST_INTERVAL.toMillis());
    }
    loops = List.copyOf(loops);
    threadCpu = List.copyOf(threadCpu);
    nativePools = List.copyOf(nativePools);
    counters = List.copyOf(counters);
  }
}
