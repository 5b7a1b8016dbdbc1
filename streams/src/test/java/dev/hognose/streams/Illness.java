package dev.hognose.streams;

import dev.hognose.alert.Alert;
import dev.hognose.v1.AllocationGrowth;
import dev.hognose.v1.Event;
import dev.hognose.v1.GrowingKind;
import dev.hognose.v1.Histogram;
import dev.hognose.v1.Retention;
import dev.hognose.v1.Sample;
import java.util.List;

/**
 * What makes a process ill, a kind for each diagnosis that figures and events show.
 *
 * @param figures of a second of its life
 * @param event that it says now and then; nothing is set where figures tell it
 */
record Illness(Alert.Kind kind, Figures figures, Event.Builder event) {

  private static final String SITE = "/srv/shop/views.py:41 in checkout";

  /** What a second of the illness looks like. */
  interface Figures {
    void at(Sample.Builder sample, int second);
  }

  @Override
  public String toString() {
    return kind.name();
  }

  static List<Illness> all() {
    return List.of(
        of(Alert.Kind.GIL_CONTENTION, (sample, second) -> busy(sample, second, "reports")),
        of(Alert.Kind.POOL_CPU, (sample, second) -> busy(sample, second, "asyncio_#")),
        of(Alert.Kind.OVERSUBSCRIPTION, Illness::pools),
        of(
            Alert.Kind.CPU_THROTTLED,
            (sample, second) ->
                sample.setCpuLimitCores(0.5).setThrottledSecondsTotal(0.2 * second)),
        of(
            Alert.Kind.GC_PRESSURE,
            (sample, second) -> sample.getGcBuilder().setPauseSeconds(waits(1, 0.15 * second))),
        of(Alert.Kind.REFERENCE_CYCLES, Illness::cycles),
        of(Alert.Kind.TASK_LEAK, (sample, second) -> tasks(sample, 5 * second, second)),
        of(Alert.Kind.SLOW_TASKS, (sample, second) -> tasks(sample, 8, Math.min(20, second))),
        counting(Alert.Kind.UNREAD_EXCEPTIONS, "asyncio/unread_exception"),
        counting(Alert.Kind.NEVER_AWAITED, "asyncio/never_awaited"),
        counting(Alert.Kind.DESTROYED_PENDING, "asyncio/destroyed_pending"),
        of(Alert.Kind.THREAD_LEAK, Illness::threads),
        of(Alert.Kind.DESCRIPTOR_LEAK, Illness::descriptors),
        of(Alert.Kind.CHILD_PROCESS_LEAK, Illness::children),
        of(
            Alert.Kind.EXCEPTION_SURGE,
            (sample, second) ->
                count(sample, "exception/ValueError", 1 + Math.max(0, second - 25) * 30)),
        counting(Alert.Kind.UNEXPECTED_ERROR, "exception/TypeError"),
        counting(Alert.Kind.RESOURCE_WARNINGS, "warning/ResourceWarning"),
        counting(Alert.Kind.DEPRECATION_WARNINGS, "warning/DeprecationWarning"),
        of(
            Alert.Kind.SAMPLES_DROPPED,
            (sample, second) ->
                sample
                    .getAgentBuilder()
                    .addDroppedBuilder()
                    .setReason("outbox_full")
                    .setTotal(second)),
        holding(Alert.Kind.UNBOUNDED_CACHE, Retention.Kind.LRU_CACHE),
        holding(Alert.Kind.GROWING_DEFAULT_ARGUMENT, Retention.Kind.DEFAULT_ARGUMENT),
        holding(Alert.Kind.GROWING_CONTAINER, Retention.Kind.MODULE_GLOBAL),
        holding(Alert.Kind.CLOSURE_KEEPS, Retention.Kind.CLOSURE),
        new Illness(
            Alert.Kind.TRACING_BUDGET,
            (sample, second) -> {},
            Event.newBuilder()
                .setAllocationGrowth(
                    AllocationGrowth.newBuilder()
                        .setWindowMs(2_000)
                        .setPredictedPauseMs(120)
                        .setCut(true))));
  }

  private static Illness of(Alert.Kind kind, Figures figures) {
    return new Illness(kind, figures, Event.newBuilder());
  }

  private static Illness counting(Alert.Kind kind, String counter) {
    return of(kind, (sample, second) -> count(sample, counter, second / 2));
  }

  private static Illness holding(Alert.Kind kind, Retention.Kind holder) {
    Retention.Builder retention =
        Retention.newBuilder()
            .setName("shop.cart:SEEN")
            .setKind(holder)
            .setEntries(5_000)
            .setGrowthPerHour(90_000)
            .setSampleBytes(120)
            .setEntryTypes("dict[str, int]");
    return new Illness(kind, (sample, second) -> {}, Event.newBuilder().setRetention(retention));
  }

  private static void busy(Sample.Builder sample, int second, String threads) {
    sample
        .setCpuUserSecondsTotal(0.95 * second)
        .setGilWaitSeconds(waits(10L * second, 0.05 * second));
    sample.addThreadCpuBuilder().setName("MainThread").setCpuSecondsTotal(0.1 * second);
    sample.addThreadCpuBuilder().setName(threads).setCpuSecondsTotal(0.85 * second);
  }

  private static void pools(Sample.Builder sample, int second) {
    sample.setCpuUserSecondsTotal(1.8 * second).setCpuLimitCores(2).setThrottledSecondsTotal(0);
    sample.addNativePoolsBuilder().setLibrary("openblas").setThreads(16);
    sample
        .addThreadCpuBuilder()
        .setName("MainThread")
        .setCpuSecondsTotal(1.8 * second)
        .setRunqueueSecondsTotal(4.0 * second);
  }

  private static void cycles(Sample.Builder sample, int second) {
    sample
        .getGcBuilder()
        .addGenerationBuilder()
        .setCollectionsTotal(second / 10)
        .setCollectedTotal(20_000L * (second / 10));
  }

  private static void tasks(Sample.Builder sample, int count, int oldest) {
    sample
        .addLoopsBuilder()
        .setName("MainThread")
        .setKind("asyncio")
        .setTasks(count)
        .addTasksByCoroutineBuilder()
        .setCoroutine("shop.cart.remind")
        .setCount(count)
        .setOldestSeconds(oldest);
  }

  private static void threads(Sample.Builder sample, int second) {
    sample.setThreads(8 + 2 * second).addGrowingThreads(kind("notify", 2 * second));
  }

  private static void descriptors(Sample.Builder sample, int second) {
    sample
        .setOpenFds(30 + 5 * second)
        .addGrowingDescriptors(kind("file", 5 * second).setFolder("/srv/receipts"));
  }

  private static void children(Sample.Builder sample, int second) {
    sample.getChildrenBuilder().setCount(second);
    sample.addGrowingChildren(kind("ffmpeg", second));
  }

  private static GrowingKind.Builder kind(String name, int gained) {
    return GrowingKind.newBuilder().setKind(name).setCount(gained).setGained(gained);
  }

  private static void count(Sample.Builder sample, String counter, int total) {
    sample.addCountersBuilder().setName(counter).setSite(SITE).setTotal(total);
  }

  private static Histogram waits(long count, double seconds) {
    return Histogram.newBuilder().addCounts(count).setSumSeconds(seconds).build();
  }
}
