import com.fasterxml.jackson.databind.JsonNode;
import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** An ExportMetricsServiceRequest, field numbers of opentelemetry-proto 1.x; units and temporality included, descriptions left out. */
final class Otlp {

  private interface Fields {
    void write(CodedOutputStream out) throws IOException;
  }

  private static final Set<String> HEAD = Set.of("sequence", "interval_ms", "at_ms");

  private Otlp() {}

  static byte[] of(JsonNode sample) {
    return message(
        request ->
            request.writeByteArray(
                1,
                message(
                    resourceMetrics -> {
                      resourceMetrics.writeByteArray(1, resource(sample));
                      resourceMetrics.writeByteArray(
                          2,
                          message(
                              scope -> {
                                scope.writeByteArray(1, message(it -> it.writeString(1, "hognose")));
                                for (byte[] metric : metrics(sample)) {
                                  scope.writeByteArray(2, metric);
                                }
                              }));
                    })));
  }

  private static byte[] resource(JsonNode sample) {
    JsonNode process = sample.get("process");
    return message(
        out -> {
          out.writeByteArray(1, text("service.name", process.get("service").asText()));
          out.writeByteArray(1, text("service.version", sample.get("version").asText()));
          out.writeByteArray(1, text("host.name", process.get("host").asText()));
          out.writeByteArray(1, text("process.pid", process.get("pid").asText()));
        });
  }

  private static byte[] text(String key, String value) {
    return message(
        out -> {
          out.writeString(1, key);
          out.writeByteArray(2, message(any -> any.writeString(1, value)));
        });
  }

  /** One for every figure that is there; those of a thread, a loop or a generation have it as an attribute. */
  private static List<byte[]> metrics(JsonNode sample) {
    List<byte[]> metrics = new ArrayList<>();
    sample
        .properties()
        .forEach(
            field -> {
              if (field.getValue().isNumber() && !HEAD.contains(field.getKey())) {
                figure("process." + field.getKey(), field.getValue(), sample, List.of(), metrics);
              }
            });
    int number = 0;
    for (JsonNode each : sample.at("/gc/generation")) {
      List<byte[]> generation = List.of(text("generation", "" + number++));
      for (String name : List.of("collections_total", "collected_total", "uncollectable_total")) {
        figure("python.gc." + name, each.get(name), sample, generation, metrics);
      }
    }
    metrics.add(histogram("python.gc.pause", sample.at("/gc/pause_seconds"), sample, List.of()));
    metrics.add(histogram("python.gil.wait", sample.get("gil_wait_seconds"), sample, List.of()));
    for (JsonNode loop : sample.get("loops")) {
      List<byte[]> name = List.of(text("loop", loop.get("name").asText()), text("kind", loop.get("kind").asText()));
      metrics.add(histogram("python.loop.lag", loop.get("lag_seconds"), sample, name));
      figure("python.loop.blocked_total", loop.get("blocked_seconds_total"), sample, name, metrics);
      figure("python.loop.tasks", loop.get("tasks"), sample, name, metrics);
    }
    for (JsonNode thread : sample.get("thread_cpu")) {
      List<byte[]> name = List.of(text("thread", thread.get("name").asText()));
      figure("python.thread.cpu_total", thread.get("cpu_seconds_total"), sample, name, metrics);
      figure("python.thread.runqueue_total", thread.get("runqueue_seconds_total"), sample, name, metrics);
    }
    figure("agent.cpu_total", sample.at("/agent/cpu_seconds_total"), sample, List.of(), metrics);
    figure("agent.tick", sample.at("/agent/tick_max_seconds"), sample, List.of(), metrics);
    figure("agent.gil_hold", sample.at("/agent/gil_hold_max_seconds"), sample, List.of(), metrics);
    return metrics;
  }

  private static void figure(String name, JsonNode value, JsonNode sample, List<byte[]> attributes, List<byte[]> metrics) {
    boolean isTotal = name.endsWith("_total");
    byte[] point =
        message(
            out -> {
              for (byte[] each : attributes) {
                out.writeByteArray(7, each);
              }
              times(out, isTotal, sample);
              if (value.isDouble()) {
                out.writeDouble(4, value.doubleValue());
              } else {
                out.writeSFixed64(6, value.longValue());
              }
            });
    metrics.add(
        message(
            out -> {
              out.writeString(1, name);
              out.writeString(3, name.contains("bytes") ? "By" : name.contains("seconds") ? "s" : "1");
              out.writeByteArray(
                  isTotal ? 7 : 5,
                  message(
                      data -> {
                        data.writeByteArray(1, point);
                        if (isTotal) {
                          data.writeEnum(2, 2);
                          data.writeBool(3, true);
                        }
                      }));
            }));
  }

  private static byte[] histogram(String name, JsonNode histogram, JsonNode sample, List<byte[]> attributes) {
    JsonNode counts = histogram.get("counts");
    int buckets = counts.size();
    long count = 0;
    for (JsonNode each : counts) {
      count += each.longValue();
    }
    long all = count;
    byte[] point =
        message(
            out -> {
              for (byte[] each : attributes) {
                out.writeByteArray(9, each);
              }
              times(out, true, sample);
              out.writeFixed64(4, all);
              out.writeDouble(5, histogram.get("sum_seconds").doubleValue());
              out.writeTag(6, 2);
              out.writeUInt32NoTag(buckets * 8);
              for (JsonNode each : counts) {
                out.writeFixed64NoTag(each.longValue());
              }
              out.writeTag(7, 2);
              out.writeUInt32NoTag(Math.max(0, buckets - 1) * 8);
              for (int i = 1; i < buckets; i++) {
                out.writeDoubleNoTag(i / 1000.0);
              }
            });
    return message(
        out -> {
          out.writeString(1, name);
          out.writeString(3, "s");
          out.writeByteArray(
              9,
              message(
                  data -> {
                    data.writeByteArray(1, point);
                    data.writeEnum(2, 2);
                  }));
        });
  }

  private static void times(CodedOutputStream out, boolean isTotal, JsonNode sample) throws IOException {
    if (isTotal) {
      out.writeFixed64(2, sample.at("/process/started_at_ms").longValue() * 1_000_000);
    }
    out.writeFixed64(3, sample.get("at_ms").longValue() * 1_000_000);
  }

  private static byte[] message(Fields fields) {
    try {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      CodedOutputStream out = CodedOutputStream.newInstance(bytes);
      fields.write(out);
      out.flush();
      return bytes.toByteArray();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }
}
