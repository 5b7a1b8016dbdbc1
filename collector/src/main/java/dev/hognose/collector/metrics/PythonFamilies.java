package dev.hognose.collector.metrics;

import static dev.hognose.collector.metrics.Family.NO_UNIT;
import static dev.hognose.collector.metrics.Figure.bytes;
import static dev.hognose.collector.metrics.Figure.counter;
import static dev.hognose.collector.metrics.Figure.gauge;
import static dev.hognose.collector.metrics.Figure.gaugeIfRead;
import static dev.hognose.collector.metrics.Figure.seconds;
import static io.prometheus.metrics.model.snapshots.Unit.BYTES;
import static io.prometheus.metrics.model.snapshots.Unit.SECONDS;

import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.GarbageCollector.Generation;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;

/** What the interpreter tells of itself: its heap, its collector, its lock, its event loops. */
final class PythonFamilies {

  static final List<Family<LabelledProcess, ?>> ALL =
      List.of(
          gauge(
              "python_allocated_blocks",
              NO_UNIT,
              "Memory blocks that the interpreter has allocated (sys.getallocatedblocks).",
              sample -> sample.memory().allocatedBlocks()),
          gaugeIfRead(
              "python_tracemalloc_traced_bytes",
              BYTES,
              "Live memory that tracemalloc has seen allocated, while it is on.",
              sample -> bytes(sample.memory().traced())),
          gaugeIfRead(
              "python_tracemalloc_overhead_bytes",
              BYTES,
              "Memory that tracemalloc itself occupies, while it is on.",
              sample -> bytes(sample.memory().tracer())),
          eachGeneration(
              "python_gc_collections_total",
              "Garbage collections, by generation.",
              Generation::collections),
          eachGeneration(
              "python_gc_objects_collected_total",
              "Objects that garbage collections freed, by generation.",
              Generation::collected),
          eachGeneration(
              "python_gc_objects_uncollectable_total",
              "Objects that garbage collections found but could not free, by generation.",
              Generation::uncollectable),
          Family.<LabelledProcess>histogram(
              "python_gc_pause_seconds",
              "How long garbage collections stopped the interpreter, by generation.",
              PythonFamilies::pauses),
          gauge(
              "python_gc_frozen_objects",
              NO_UNIT,
              "Objects that gc.freeze() set aside.",
              sample -> sample.gc().frozen()),
          gauge(
              "python_gc_garbage_objects",
              NO_UNIT,
              "Objects in gc.garbage.",
              sample -> sample.gc().garbage()),
          gaugeIfRead(
              "python_gc_enabled",
              NO_UNIT,
              "Whether the cyclic collector runs by itself: 1 or 0.",
              sample -> enabled(sample.gc().mode())),
          // OpenMetrics gives a histogram and a counter of one name to one family: two names.
          counter(
              "python_gil_wait_seconds_total",
              SECONDS,
              "Time that a thread which wanted to run waited for the interpreter lock.",
              sample -> sample.gilWait().sumSeconds()),
          Family.<LabelledProcess>histogram(
              "python_gil_wait_duration_seconds",
              "How long a thread which wanted to run waited for the interpreter lock, each time.",
              (process, out) ->
                  out.accept(process.decades(process.sample().gilWait(), process.labels()))),
          Family.<LabelledProcess>histogram(
              "python_loop_lag_seconds",
              "How late the event loop ran callbacks that were due.",
              (process, out) ->
                  eachLoop(process, (loop, at) -> out.accept(process.histogram(loop.lag(), at)))),
          Family.<LabelledProcess>counter(
              "python_loop_blocked_seconds_total",
              SECONDS,
              "Time in which the event loop ran nothing because one callback did not yield.",
              (process, out) ->
                  eachLoop(
                      process,
                      (loop, at) ->
                          process.count(seconds(loop.blocked()), at, process.block(), out))),
          Family.<LabelledProcess>gauge(
              "python_asyncio_tasks",
              NO_UNIT,
              "Tasks of the event loop that are not done.",
              (process, out) ->
                  eachLoop(process, (loop, at) -> out.accept(process.gauge(loop.tasks(), at)))),
          Family.<LabelledProcess>info(
              "python_info",
              "The interpreter; no series where its start was not seen.",
              (process, out) ->
                  process
                      .state()
                      .started()
                      .map(started -> process.with("version", started.python()))
                      .ifPresent(labels -> out.accept(process.info(labels)))));

  private PythonFamilies() {}

  private static OptionalDouble enabled(GarbageCollector.Mode mode) {
    return switch (mode) {
      case ENABLED -> OptionalDouble.of(1);
      case DISABLED -> OptionalDouble.of(0);
      case UNKNOWN -> OptionalDouble.empty();
    };
  }

  private static Family<LabelledProcess, ?> eachGeneration(
      String name, String help, ToLongFunction<Generation> figure) {
    return Family.<LabelledProcess>counter(
        name,
        NO_UNIT,
        help,
        (process, out) -> {
          List<Generation> generations = process.sample().gc().generations();
          for (int i = 0; i < generations.size(); i++) {
            process.count(
                (double) figure.applyAsLong(generations.get(i)),
                process.with("generation", Integer.toString(i)),
                out);
          }
        });
  }

  /** Without a generation where the agent does not tell them apart. */
  private static void pauses(LabelledProcess process, Consumer<HistogramDataPointSnapshot> out) {
    GarbageCollector gc = process.sample().gc();
    List<Generation> generations = gc.generations();
    if (generations.stream().noneMatch(each -> each.pause().isPresent())) {
      out.accept(process.decades(gc.pause(), process.labels()));
      return;
    }
    for (int i = 0; i < generations.size(); i++) {
      Labels labels = process.with("generation", Integer.toString(i));
      generations.get(i).pause().ifPresent(of -> out.accept(process.decades(of, labels)));
    }
  }

  /** Loops whose names are one when cut to a label are shown once. */
  private static void eachLoop(LabelledProcess process, BiConsumer<EventLoop, Labels> out) {
    Collection<EventLoop> loops = process.state().loops();
    Map<Labels, EventLoop> distinct = new LinkedHashMap<>(loops.size());
    loops.forEach(loop -> distinct.putIfAbsent(process.with("loop", loop.name()), loop));
    distinct.forEach((labels, loop) -> out.accept(loop, labels));
  }
}
