package dev.hognose.sample;

import java.time.Instant;

/**
 * Something that happened once in a process.
 *
 * @param sequence numbers the samples and events of a process alike, from 1
 * @param version of the service, empty when unknown
 */
public record Event(ProcessId process, long sequence, Instant at, String version, What what) {

  public Event {
    if (sequence <= 0) {
      throw new IllegalArgumentException("sequence=" + sequence + ": expected 1 or more");
    }
    Moment.check("at_ms", at);
  }

  /** What happened, with its evidence. */
  public sealed interface What
      permits Started,
          Stopped,
          LoopBlock,
          AllocationGrowth,
          Retention,
          StackProfile,
          PythonWarning,
          ExceptionCount {}
}
