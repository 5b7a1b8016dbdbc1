package dev.hognose.wire;

import dev.hognose.alert.Alert;
import dev.hognose.leak.Trend;
import dev.hognose.profile.ServiceProfile;
import dev.hognose.service.ServiceSummary;
import dev.hognose.wire.Topic.Cleanup;
import dev.hognose.wire.sample.SampleCodec;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.serialization.Serdes;

/** Every topic of the system. */
public final class Topics {

  static final String AGENT = "agent";
  static final String STREAMS = "streams";
  static final String COLLECTOR = "collector";
  static final String PEOPLE = "people";

  /** What a record of the streams may have, in bytes: they write none that is larger. */
  public static final int LARGEST = 4 << 20;

  /**
   * Of topics keyed by process all have the same number, so that one task sees all of a process.
   */
  public static final int DEFAULT_PARTITIONS = 12;

  /** Key: {@code service/host/pid/started_at_ms}. Value: a Sample, read by {@link SampleCodec}. */
  public static final Topic<byte[], byte[]> SAMPLES =
      fromAgents("hognose.samples", Duration.ofDays(7));

  /** Key: {@code service/host/pid/started_at_ms}. Value: an Event, read by {@link EventCodec}. */
  public static final Topic<byte[], byte[]> EVENTS =
      fromAgents("hognose.events", Duration.ofDays(7));

  /** Key: the process. */
  public static final Topic<String, Trend> TRENDS =
      new Topic<>(
          "hognose.trends",
          Serdes.String(),
          new TrendCodec().serde(),
          Cleanup.COMPACT,
          Optional.empty(),
          STREAMS,
          List.of(COLLECTOR));

  /** Key: the service. */
  public static final Topic<String, ServiceSummary> SERVICES =
      new Topic<>(
          "hognose.services",
          Serdes.String(),
          new ServiceSummaryCodec().serde(),
          Cleanup.COMPACT,
          Optional.empty(),
          STREAMS,
          List.of(COLLECTOR));

  /** Key: the service. */
  public static final Topic<String, ServiceProfile> PROFILES =
      new Topic<>(
          "hognose.profiles",
          Serdes.String(),
          new ServiceProfileCodec().serde(),
          Cleanup.DELETE,
          Optional.of(Duration.ofHours(24)),
          STREAMS,
          List.of(COLLECTOR));

  /** Key: the alert's id. */
  public static final Topic<String, Alert> ALERTS =
      new Topic<>(
          "hognose.alerts",
          Serdes.String(),
          new AlertCodec().serde(),
          Cleanup.COMPACT_AND_DELETE,
          Optional.of(Duration.ofDays(30)),
          STREAMS,
          List.of(COLLECTOR));

  /** Key and value as received; the headers tell where from and why. */
  public static final Topic<byte[], byte[]> DEAD_LETTERS =
      new Topic<>(
          "hognose.dead-letters",
          Serdes.ByteArray(),
          Serdes.ByteArray(),
          Cleanup.DELETE,
          Optional.of(Duration.ofDays(14)),
          STREAMS,
          List.of(PEOPLE));

  private Topics() {}

  public static List<Topic<?, ?>> all() {
    return List.of(SAMPLES, EVENTS, TRENDS, SERVICES, PROFILES, ALERTS, DEAD_LETTERS);
  }

  private static Topic<byte[], byte[]> fromAgents(String name, Duration retention) {
    return new Topic<>(
        name,
        Serdes.ByteArray(),
        Serdes.ByteArray(),
        Cleanup.DELETE,
        Optional.of(retention),
        AGENT,
        List.of(STREAMS, COLLECTOR));
  }
}
