package dev.hognose.collector.metrics;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Locale;

/** What tells the series of alerts apart. */
final class AlertLabels {

  private AlertLabels() {}

  /** A figure of an alert. */
  static Labels of(Alert alert, Evidence evidence) {
    return alone(alert)
        .add("kind", word(alert.kind()))
        .add("figure", LabelValue.of(evidence.name()))
        .add("unit", LabelValue.of(evidence.unit()));
  }

  /** All that is known of an alert. */
  static Labels of(Alert alert) {
    return Labels.of(
        "alert", LabelValue.of(alert.id()),
        "service", LabelValue.of(alert.service()),
        "host", alert.process().map(process -> process.host()).orElse(""),
        "pid", alert.process().map(process -> Long.toString(process.pid())).orElse(""),
        "kind", word(alert.kind()),
        "severity", word(alert.severity()),
        "cause", LabelValue.of(alert.cause()),
        "culprit", culprit(alert));
  }

  static Labels alone(Alert alert) {
    return Labels.of("alert", LabelValue.of(alert.id()), "service", LabelValue.of(alert.service()));
  }

  /** Which alert, and where in the code. */
  static Labels place(Alert alert) {
    return alone(alert).add("cause", LabelValue.of(alert.cause())).add("culprit", culprit(alert));
  }

  private static String culprit(Alert alert) {
    return alert.culprit().map(frame -> LabelValue.of(frame.toString())).orElse("");
  }

  static String word(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT);
  }
}
