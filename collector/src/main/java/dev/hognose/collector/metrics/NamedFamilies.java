package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;
import static dev.hognose.collector.metrics.Figure.seconds;
import static io.prometheus.metrics.model.snapshots.Unit.SECONDS;

import dev.hognose.collector.metrics.NamedFamily.Named;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.Sample;
import dev.hognose.sample.TaskGroup;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** What a process tells by names of its own: threads, libraries, coroutines, sites. */
final class NamedFamilies {

  static final List<Family<LabelledProcess, ?>> ALL =
      List.of(
          new NamedFamily(
                  "python_thread_cpu_seconds_total",
                  SECONDS,
                  "CPU time of the threads with one name; the busiest threads only.",
                  List.of("thread"))
              .counter(
                  sample ->
                      sample.threadCpu().stream()
                          .map(thread -> Named.of(seconds(thread.cpu()), thread.name()))),
          new NamedFamily(
                  "python_thread_runqueue_seconds_total",
                  SECONDS,
                  "Time that the threads with one name waited for a processor.",
                  List.of("thread"))
              .counter(
                  sample ->
                      sample.threadCpu().stream()
                          .map(thread -> Named.of(seconds(thread.runQueue()), thread.name()))),
          new NamedFamily(
                  "process_native_pool_threads",
                  NO_UNIT,
                  "Threads that a native library (BLAS, OpenMP) keeps for itself.",
                  List.of("library"))
              .gauge(
                  sample ->
                      sample.nativePools().stream()
                          .map(pool -> Named.of(pool.threads(), pool.library()))),
          new NamedFamily(
                  "python_asyncio_coroutine_tasks",
                  NO_UNIT,
                  "Tasks that are not done, by coroutine; the most numerous ones only.",
                  List.of("loop", "coroutine"))
              .gauge(tasks((loop, group) -> Named.of(group.count(), loop, group.coroutine()))),
          new NamedFamily(
                  "python_asyncio_coroutine_oldest_task_seconds",
                  SECONDS,
                  "Age of the oldest task of the coroutine that is not done.",
                  List.of("loop", "coroutine"))
              .highest(
                  tasks(
                      (loop, group) -> Named.of(seconds(group.oldest()), loop, group.coroutine()))),
          new NamedFamily(
                  "python_warnings_total",
                  NO_UNIT,
                  "Warnings, by category and the place in the code.",
                  List.of("category", "site"))
              .counter(counters("warning/")),
          new NamedFamily(
                  "python_exceptions_total",
                  NO_UNIT,
                  "Exceptions that nothing of the service's own handled, by type and place.",
                  List.of("type", "site"))
              .counter(counters("exception/")),
          new NamedFamily(
                  "python_exceptions_handled_total",
                  NO_UNIT,
                  "Exceptions that came through the service's own code and were caught, by type"
                      + " and place; from CPython 3.12 on.",
                  List.of("type", "site"))
              .counter(counters("handled/")),
          new NamedFamily(
                  "python_asyncio_mishaps_total",
                  NO_UNIT,
                  "Exceptions that nobody read, tasks destroyed while pending, coroutines never"
                      + " awaited.",
                  List.of("mishap", "site"))
              .counter(counters("asyncio/")));

  private NamedFamilies() {}

  private static Function<Sample, Stream<Named>> tasks(BiFunction<String, TaskGroup, Named> named) {
    return sample ->
        sample.loops().stream()
            .flatMap(
                loop ->
                    loop.tasksByCoroutine().stream().map(group -> named.apply(loop.name(), group)));
  }

  /** Those whose names begin with a prefix, which their label does not repeat. */
  private static Function<Sample, Stream<Named>> counters(String prefix) {
    return sample ->
        sample.counters().stream()
            .filter(counter -> counter.name().startsWith(prefix))
            .map(counter -> named(counter, prefix));
  }

  private static Named named(NamedCounter counter, String prefix) {
    return Named.of(
        (double) counter.total(), counter.name().substring(prefix.length()), counter.site());
  }
}
