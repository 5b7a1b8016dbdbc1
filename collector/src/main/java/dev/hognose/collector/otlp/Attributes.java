package dev.hognose.collector.otlp;

import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.prometheus.metrics.model.snapshots.Label;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Labels as OpenTelemetry's attributes. */
final class Attributes {

  /** Whose figures they are: said once, by the resource. */
  private static final Set<String> OF_RESOURCE = Set.of("service", "host", "pid");

  private static final Set<String> NUMBERS = Set.of("generation");

  private Attributes() {}

  /** What tells a point from others of its process and metric. */
  static List<KeyValue> of(Labels labels, Optional<Convention> convention) {
    List<KeyValue> attributes = new ArrayList<>();
    for (Label label : labels) {
      if (!OF_RESOURCE.contains(label.getName())) {
        String key = Convention.attributeOf(label.getName());
        attributes.add(
            NUMBERS.contains(label.getName())
                ? number(key, Long.parseLong(label.getValue()))
                : text(key, label.getValue()));
      }
    }
    convention
        .filter(each -> !each.attribute().isEmpty())
        .ifPresent(each -> attributes.add(text(each.attribute(), each.value())));
    return attributes;
  }

  static KeyValue text(String key, String value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setStringValue(value))
        .build();
  }

  static KeyValue number(String key, long value) {
    return KeyValue.newBuilder()
        .setKey(key)
        .setValue(AnyValue.newBuilder().setIntValue(value))
        .build();
  }
}
