package dev.hognose.collector.chart;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hognose.collector.history.History;
import dev.hognose.collector.history.Point;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A history as JSON: an array a figure, as charts take them; null where nothing is known. */
public final class HistoryJson {

  private HistoryJson() {}

  public static ObjectNode of(History history) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("whole", history.whole());
    ArrayNode times = json.putArray("at_ms");
    history.points().forEach(point -> times.add(point.at().toEpochMilli()));
    column(json, history, "rss_bytes", point -> number(point.rss().count()));
    column(
        json,
        history,
        "memory_limit_bytes",
        point ->
            point.memoryLimit().map(limit -> number(limit.count())).orElse(OptionalDouble.empty()));
    column(json, history, "allocated_blocks", point -> number(point.allocatedBlocks()));
    column(json, history, "cpu_cores", Point::cpuCores);
    column(json, history, "lag_p99_seconds", Point::lagSeconds);
    column(json, history, "blocked_ratio", Point::blockedRatio);
    column(json, history, "gil_wait_ratio", Point::gilWaitRatio);
    column(json, history, "gc_ratio", Point::gcRatio);
    column(json, history, "threads", point -> number(point.threads()));
    column(
        json,
        history,
        "open_fds",
        point ->
            point.openFds().isPresent()
                ? number(point.openFds().getAsInt())
                : OptionalDouble.empty());
    column(json, history, "tasks", point -> number(point.tasks()));
    return json;
  }

  private static OptionalDouble number(long count) {
    return OptionalDouble.of((double) count);
  }

  private static void column(
      ObjectNode json, History history, String name, Function<Point, OptionalDouble> figure) {
    ArrayNode column = json.putArray(name);
    for (Point point : history.points()) {
      OptionalDouble value = figure.apply(point);
      if (value.isPresent()) {
        column.add(value.getAsDouble());
      } else {
        column.addNull();
      }
    }
  }
}
