package dev.hognose.collector.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.collector.fleet.ProcessState;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Started;
import dev.hognose.wire.message.RecordJson;
import java.time.Duration;
import java.util.Optional;

/**
 * A live process as JSON, with the field names of the wire. What is not known is left out.
 *
 * <p>{@code cpu_cores} and the lag are those of the last minute. A lag quantile is the upper bound
 * of its bucket; the last bucket has none, so that the highest value means "more than" the bound
 * before it.
 */
final class ProcessJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final double NANOS = 1e9;
  private static final double HIGHEST_BOUND = Histogram.bounds()[Histogram.bounds().length - 1];

  private ProcessJson() {}

  static ObjectNode of(ProcessState state) {
    Sample sample = state.latest();
    ObjectNode json = JSON.objectNode();
    json.set("process", process(state.id()));
    json.put("version", sample.version());
    json.put("at_ms", sample.at().toEpochMilli());
    json.put("sequence", sample.sequence());
    json.put("interval_ms", sample.interval().toMillis());
    json.put("rss_bytes", sample.memory().rss().count());
    put(json, "uss_bytes", sample.memory().uss());
    json.put("allocated_blocks", sample.memory().allocatedBlocks());
    put(json, "memory_limit_bytes", sample.container().memoryLimit());
    put(json, "memory_usage_bytes", sample.container().memoryUsage());
    json.put("cpu_seconds_total", seconds(sample.cpu().total()));
    state.lastMinute().cpuCores().ifPresent(cores -> json.put("cpu_cores", cores));
    json.put("threads", sample.kernel().threads());
    sample.kernel().openFds().ifPresent(fds -> json.put("open_fds", fds));
    sample.kernel().maxFds().ifPresent(fds -> json.put("max_fds", fds));
    json.set("loops", loops(state));
    state.trend().ifPresent(trend -> json.set("trend", RecordJson.of(trend)));
    state.started().ifPresent(started -> json.set("started", started(started)));
    return json;
  }

  private static ObjectNode process(ProcessId id) {
    return JSON.objectNode()
        .put("service", id.service())
        .put("host", id.host())
        .put("pid", id.pid())
        .put("started_at_ms", id.startedAt().toEpochMilli());
  }

  private static ArrayNode loops(ProcessState state) {
    ArrayNode loops = JSON.arrayNode();
    for (EventLoop loop : state.loops()) {
      Histogram lag = state.lastMinute().lag(loop.name());
      ObjectNode json =
          loops
              .addObject()
              .put("name", loop.name())
              .put("kind", loop.kind())
              .put("tasks", loop.tasks())
              .put("blocked_seconds_total", seconds(loop.blocked()));
      if (lag.count() > 0) {
        json.put("lag_p50_seconds", quantile(lag, 0.5));
        json.put("lag_p99_seconds", quantile(lag, 0.99));
      }
    }
    return loops;
  }

  private static double quantile(Histogram lag, double q) {
    return Math.min(HIGHEST_BOUND, lag.quantileBound(q));
  }

  private static ObjectNode started(Started started) {
    return JSON.objectNode()
        .put("command", started.command())
        .put("python", started.python())
        .put("parent_pid", started.parentPid())
        .put("worker_kind", started.workerKind());
  }

  private static void put(ObjectNode json, String name, Optional<Bytes> bytes) {
    bytes.ifPresent(read -> json.put(name, read.count()));
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS;
  }
}
