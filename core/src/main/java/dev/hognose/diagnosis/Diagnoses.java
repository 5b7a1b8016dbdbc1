package dev.hognose.diagnosis;

import java.util.List;

/** The table of all diagnoses. */
final class Diagnoses {

  private Diagnoses() {}

  static List<Diagnosis> of(DiagnosisPolicy policy) {
    return List.of(
        new GilContention(policy.loads().gil()),
        new PoolCpu(policy.loads().gil()),
        new Oversubscription(policy.loads().pools()),
        new CpuThrottled(policy.loads().throttled()),
        new GcPressure(policy.loads().collector()),
        new ReferenceCycles(policy.loads().cycles()),
        new TaskLeak(policy.rises().tasks()),
        new SlowTasks(policy.slowTasks()),
        AsyncioMishap.unreadExceptions(policy.counts().unread()),
        AsyncioMishap.neverAwaited(policy.counts().neverAwaited()),
        AsyncioMishap.destroyedPending(policy.counts().destroyed()),
        new ThreadLeak(policy.rises().threads()),
        new DescriptorLeak(policy.rises().descriptors()),
        new ChildProcessLeak(policy.rises().children()),
        new UnboundedCache(policy.holder()),
        GrowingHolder.defaultArgument(policy.holder()),
        GrowingHolder.container(policy.holder()),
        GrowingHolder.closure(policy.holder()),
        new ExceptionSurge(policy.surge()),
        new UnexpectedError(policy.counts().errors()),
        new ResourceWarnings(policy.counts().resources()),
        new DeprecationWarnings(policy.counts().deprecations()),
        new CrashLoop(policy.lives().young()),
        new SilentProcess(policy.lives().silence()),
        new TracingBudget(policy.tracingPause()),
        new SamplesDropped(policy.counts().dropped()),
        new ClockSkew(policy.lives().setBack()));
  }
}
