package dev.hognose.collector.otlp;

import static dev.hognose.collector.Examples.T0;
import static dev.hognose.collector.Examples.process;
import static dev.hognose.collector.Examples.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.collector.ManualClock;
import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.metrics.FleetMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.opentelemetry.proto.collector.metrics.v1.ExportMetricsServiceRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class OtlpBridgeTest {

  private final Fleet fleet = new Fleet(new ManualClock(T0), Duration.ofDays(1));
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(true, null, new ByteArraySerializer(), new ByteArraySerializer());
  private boolean whole = true;
  private final OtlpBridge bridge =
      new OtlpBridge(
          kafka,
          new OtlpSettings(Optional.of("otlp_metrics"), Duration.ofSeconds(15)),
          new OtlpBridge.Source(
              new FleetMetrics(fleet::snapshot, 1000),
              () -> whole,
              new ManualClock(T0),
              "collector-1"),
          registry);

  @Test
  void eachProcessAndEachServiceIsARecord() throws Exception {
    fill();
    bridge.tell();

    assertThat(keys()).containsExactlyInAnyOrder("orders", "orders/web-1/1", "orders/web-1/2");
    for (ProducerRecord<byte[], byte[]> record : kafka.history()) {
      assertThat(record.topic()).isEqualTo("otlp_metrics");
      assertThat(ExportMetricsServiceRequest.parseFrom(record.value()).getResourceMetricsCount())
          .isEqualTo(1);
    }
    assertThat(counted("sent")).isEqualTo(3);
  }

  @Test
  void fleetThatIsNotWholeIsNotTold() {
    fill();
    whole = false;
    bridge.tell();

    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void failedRoundIsCountedAndTheNextGoesOn() {
    fill();
    kafka.sendException = new TimeoutException("topic otlp_metrics not present");
    bridge.tell();
    bridge.tell();
    assertThat(counted("failed")).isEqualTo(2);
    assertThat(counted("sent")).isZero();

    kafka.sendException = null;
    bridge.tell();
    assertThat(counted("sent")).isEqualTo(3);
  }

  @Test
  void endsWithItsProducer() {
    bridge.start();
    bridge.close();

    assertThat(kafka.closed()).isTrue();
  }

  private void fill() {
    fleet.apply(0, sample(process(1), 1, T0), T0);
    fleet.apply(0, sample(process(2), 1, T0), T0);
    fleet.publish();
  }

  private double counted(String outcome) {
    return registry.get("hognose.collector.otlp.records").tag("outcome", outcome).counter().count();
  }

  private List<String> keys() {
    return kafka.history().stream()
        .map(record -> new String(record.key(), StandardCharsets.UTF_8))
        .toList();
  }
}
