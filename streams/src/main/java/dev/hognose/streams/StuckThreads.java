package dev.hognose.streams;

import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Threads that have asked Kafka for no records for long, though they ask several times a second
 * when there are none: what they write is not taken, and so they wait in a transaction.
 */
final class StuckThreads {

  /** Far above what a full batch takes, and below the timeouts after which Kafka gives up. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final String THREAD = "-StreamThread-";
  private static final String READER = "-consumer";
  private static final String READER_OF_STATE = "-restore-consumer";

  private StuckThreads() {}

  /** That there are some, in a sentence; {@code metrics} are those of the Kafka clients. */
  static Optional<String> among(Collection<? extends Metric> metrics) {
    return among(metrics, PATIENCE);
  }

  static Optional<String> among(Collection<? extends Metric> metrics, Duration patience) {
    return metrics.stream()
        .filter(metric -> isOfReader(metric.metricName()))
        .map(metric -> (double) metric.metricValue())
        .filter(seconds -> seconds >= patience.toSeconds())
        .max(Comparator.naturalOrder())
        .map(seconds -> "a thread has read nothing for " + Math.round(seconds) + " s");
  }

  private static boolean isOfReader(MetricName name) {
    String client = name.tags().getOrDefault("client-id", "");
    return name.name().equals("last-poll-seconds-ago")
        && client.contains(THREAD)
        && client.endsWith(READER)
        && !client.endsWith(READER_OF_STATE);
  }
}
