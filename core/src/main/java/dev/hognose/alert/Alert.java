package dev.hognose.alert;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Retention;
import dev.hognose.sample.Stack;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A condition, its whole life so far.
 *
 * @param id the same throughout its life and in every replay of it
 * @param process absent when the alert is about the service
 * @param version of the service when it began, empty when unknown
 * @param cause what the culprit waited for, empty where that is no question
 */
public record Alert(
    String id,
    Kind kind,
    State state,
    Severity severity,
    String service,
    Optional<ProcessId> process,
    String version,
    Instant firedAt,
    Instant updatedAt,
    Optional<Instant> resolvedAt,
    String title,
    List<Evidence> evidence,
    Optional<Frame> culprit,
    String cause,
    List<Stack> stacks,
    List<AllocationGrowth.Site> sites,
    List<Retention> retention,
    String advice,
    int processesAffected) {

  public Alert {
    evidence = List.copyOf(evidence);
    stacks = List.copyOf(stacks);
    sites = List.copyOf(sites);
    retention = List.copyOf(retention);
    if ((state == State.RESOLVED) != resolvedAt.isPresent()) {
      throw new IllegalArgumentException(
          "state=" + state + " with resolved_ms " + (resolvedAt.isPresent() ? "set" : "absent"));
    }
  }

  /** What sort of condition; names are those of the wire in capitals. */
  public enum Kind {
    MEMORY_LEAK,
    OUT_OF_MEMORY_SOON,
    OOM_KILLED,
    LOOP_BLOCK,
    LOOP_LAG,
    GIL_CONTENTION,
    POOL_CPU,
    OVERSUBSCRIPTION,
    CPU_THROTTLED,
    GC_PRESSURE,
    REFERENCE_CYCLES,
    TASK_LEAK,
    SLOW_TASKS,
    UNREAD_EXCEPTIONS,
    NEVER_AWAITED,
    DESTROYED_PENDING,
    THREAD_LEAK,
    DESCRIPTOR_LEAK,
    CHILD_PROCESS_LEAK,
    UNBOUNDED_CACHE,
    GROWING_DEFAULT_ARGUMENT,
    GROWING_CONTAINER,
    CLOSURE_KEEPS,
    EXCEPTION_SURGE,
    UNEXPECTED_ERROR,
    RESOURCE_WARNINGS,
    DEPRECATION_WARNINGS,
    CRASH_LOOP,
    SILENT_PROCESS,
    TRACING_BUDGET,
    SAMPLES_DROPPED,
    CLOCK_SKEW
  }

  /** An alert fires until it is resolved. */
  public enum State {
    FIRING,
    RESOLVED
  }

  /** How soon somebody should look. */
  public enum Severity {
    INFO,
    WARNING,
    CRITICAL
  }

  /** The same alert at the end of its life. */
  public Alert resolved(Instant at) {
    return new Alert(
        id,
        kind,
        State.RESOLVED,
        severity,
        service,
        process,
        version,
        firedAt,
        at,
        Optional.of(at),
        title,
        evidence,
        culprit,
        cause,
        stacks,
        sites,
        retention,
        advice,
        processesAffected);
  }
}
