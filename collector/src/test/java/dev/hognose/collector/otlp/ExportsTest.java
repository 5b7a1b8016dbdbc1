package dev.hognose.collector.otlp;

import static dev.hognose.collector.Examples.PROCESS;
import static dev.hognose.collector.Examples.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.Examples;
import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.metrics.FleetMetrics;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.metrics.v1.HistogramDataPoint;
import io.opentelemetry.proto.metrics.v1.Metric;
import io.opentelemetry.proto.metrics.v1.NumberDataPoint;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportsTest {

  private static final Subject OF_PROCESS = new Subject("orders", "web-1", "4242");
  private static final Subject OF_SERVICE = new Subject("orders", "", "");

  private final Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));

  @Test
  void processIsAResource() {
    assertThat(
            attributes(request(OF_PROCESS).getResourceMetrics(0).getResource().getAttributesList()))
        .containsEntry("service.name", "orders")
        .containsEntry("service.version", "1.4.2")
        .containsEntry("service.instance.id", "web-1/4242")
        .containsEntry("host.name", "web-1")
        .containsEntry("process.pid", "4242")
        .containsEntry("process.runtime.name", "cpython")
        .containsEntry("process.runtime.version", "3.11.7");
  }

  @ParameterizedTest
  @CsvSource({
    "process.cpu.time, s, cpu.mode, user, 12",
    "process.cpu.time, s, cpu.mode, system, 3",
    "process.memory.usage, By, , , 223346688",
    "process.thread.count, {thread}, , , 12",
    "process.unix.file_descriptor.count, {file_descriptor}, , , 40",
    "process.context_switches, {context_switch}, process.context_switch.type, voluntary, 100",
    "process.paging.faults, {fault}, system.paging.fault.type, major, 4",
    "process.disk.io, By, disk.io.direction, read, 1048576",
    "cpython.gc.collections, {collection}, cpython.gc.generation, 1, 9",
    "python_loop_blocked, s, loop, MainThread, 3.25",
    "hognose_leak_slope, By/s, , , 1024",
    "hognose_leak_confidence, 1, , , 0.97",
  })
  void figuresHaveTheNamesOfTheConventionsWhereThereAreSome(
      String name, String unit, String attribute, String value, double figure) {
    Metric metric = metric(OF_PROCESS, name);

    assertThat(metric.getUnit()).isEqualTo(unit);
    assertThat(metric.getDescription()).isNotBlank();
    List<NumberDataPoint> points =
        metric.hasSum()
            ? metric.getSum().getDataPointsList()
            : metric.getGauge().getDataPointsList();
    NumberDataPoint point =
        points.stream()
            .filter(
                each ->
                    attribute == null
                        || value.equals(attributes(each.getAttributesList()).get(attribute)))
            .findFirst()
            .orElseThrow();
    assertThat(point.hasAsInt() ? point.getAsInt() : point.getAsDouble()).isEqualTo(figure);
    assertThat(point.getTimeUnixNano()).isEqualTo(T0.toEpochMilli() * 1_000_000);
  }

  @Test
  void countersBeginWithTheirProcessAndUpDownCountersMayFall() {
    Metric cpu = metric(OF_PROCESS, "process.cpu.time");
    assertThat(cpu.getSum().getIsMonotonic()).isTrue();
    assertThat(cpu.getSum().getAggregationTemporalityValue()).isEqualTo(2);
    assertThat(cpu.getSum().getDataPoints(0).getStartTimeUnixNano())
        .isEqualTo(PROCESS.startedAt().toEpochMilli() * 1_000_000);
    assertThat(metric(OF_PROCESS, "process.memory.usage").getSum().getIsMonotonic()).isFalse();
  }

  @Test
  void histogramsKeepTheirBuckets() {
    HistogramDataPoint lag = metric(OF_PROCESS, "python_loop_lag").getHistogram().getDataPoints(0);

    assertThat(lag.getCount()).isEqualTo(100);
    assertThat(lag.getSum()).isEqualTo(0.05);
    assertThat(lag.getBucketCountsCount()).isEqualTo(lag.getExplicitBoundsCount() + 1);
    assertThat(lag.getBucketCountsList().subList(0, 4)).containsExactly(0L, 90L, 9L, 1L);
    assertThat(lag.getExplicitBounds(3)).isEqualTo(0.0025);
  }

  @Test
  void alertsAndMinutesAreOfTheService() {
    assertThat(
            attributes(request(OF_SERVICE).getResourceMetrics(0).getResource().getAttributesList()))
        .isEqualTo(Map.of("service.name", "orders", "service.instance.id", "collector-1"));
    assertThat(metric(OF_SERVICE, "hognose_alerts_firing").getGauge().getDataPointsList())
        .isNotEmpty();
    NumberDataPoint blocks = metric(OF_SERVICE, "hognose_loop_blocks").getSum().getDataPoints(0);
    assertThat(attributes(blocks.getExemplars(0).getFilteredAttributesList()))
        .isEqualTo(Map.of("alert", "a2"));
  }

  /** Each of two collectors counts the processes and alerts that are its own. */
  @Test
  void collectorsOfOneServiceWriteNoSeriesTogether() {
    MetricSnapshots families = families();

    assertThat(Exports.of(families, T0, "collector-1").get(OF_SERVICE))
        .isNotEqualTo(Exports.of(families, T0, "collector-2").get(OF_SERVICE));
    assertThat(Exports.of(families, T0, "collector-1").get(OF_PROCESS))
        .isEqualTo(Exports.of(families, T0, "collector-2").get(OF_PROCESS));
  }

  @Test
  void nothingIsToldTwice() {
    requests()
        .forEach(
            (subject, request) -> {
              List<String> names =
                  request.getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
                      .map(Metric::getName)
                      .toList();
              assertThat(names).as(subject.key()).doesNotHaveDuplicates();
              assertThat(names).doesNotContain("process_cpu", "hognose_service_loop_lag");
            });
  }

  @Test
  void conventionsAreInTheDocs() throws IOException {
    String docs = Files.readString(Path.of("..", "docs", "metrics.md"));
    for (Convention convention : Convention.values()) {
      assertThat(docs).contains("`" + convention.metric() + "`");
    }
  }

  private Map<Subject, ExportMetricsServiceRequest> requests() {
    return Exports.of(families(), T0, "collector-1");
  }

  private MetricSnapshots families() {
    Examples.fill(fleet);
    return new FleetMetrics(fleet::snapshot, 1000).collect();
  }

  private ExportMetricsServiceRequest request(Subject subject) {
    return Objects.requireNonNull(requests().get(subject), subject.key());
  }

  private Metric metric(Subject subject, String name) {
    return request(subject).getResourceMetrics(0).getScopeMetrics(0).getMetricsList().stream()
        .filter(metric -> metric.getName().equals(name))
        .findFirst()
        .orElseThrow(() -> new AssertionError(name + ": expected among the metrics"));
  }

  private static Map<String, String> attributes(List<KeyValue> all) {
    return all.stream()
        .collect(
            Collectors.toMap(
                KeyValue::getKey,
                each ->
                    each.getValue().hasIntValue()
                        ? Long.toString(each.getValue().getIntValue())
                        : each.getValue().getStringValue(),
                (one, other) -> one + other,
                TreeMap::new));
  }
}
