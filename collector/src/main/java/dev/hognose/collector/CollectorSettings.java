package dev.hognose.collector;

import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.otlp.OtlpSettings;
import dev.hognose.collector.page.Grafana;
import dev.hognose.collector.page.Onward;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.wire.client.GroupMember;
import java.time.Duration;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/**
 * Everything an operator can change about the collector.
 *
 * @param http where it listens, and whom it lets in
 * @param forgetAlertsAfter how long resolved alerts are shown
 * @param seriesBudget how many series with names from outside a service may have on /metrics
 * @param otlp whether metrics are written as OTLP, too
 * @param grafana that the page leads to
 * @param member by which name the group knows this collector
 * @param kafka further properties of Kafka's clients, by Kafka's names, without that name
 */
public record CollectorSettings(
    String bootstrapServers,
    String groupId,
    HttpSettings http,
    Duration forgetAlertsAfter,
    int seriesBudget,
    OtlpSettings otlp,
    Grafana grafana,
    GroupMember member,
    Map<String, String> kafka) {

  /** Where a collector listens unless told otherwise. */
  public static final int DEFAULT_PORT = 9464;

  private static final int LARGEST_BUDGET = 10_000_000;

  /** What the way we read rests on, or what has a setting of its own. */
  private static final Set<String> OURS =
      Set.of(
          ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
          ConsumerConfig.GROUP_ID_CONFIG,
          ConsumerConfig.GROUP_PROTOCOL_CONFIG,
          ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG,
          ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
          ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
          ConsumerConfig.ISOLATION_LEVEL_CONFIG,
          ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
          ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
          ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG);

  public CollectorSettings {
    kafka = Collections.unmodifiableMap(GroupMember.NAMELESS.in(kafka));
  }

  /**
   * Reads them.
   *
   * @throws SettingException for a value that cannot be used
   */
  public static CollectorSettings from(Env env) {
    return from(env, HttpSettings.from(env, DEFAULT_PORT), Optional.empty());
  }

  /**
   * The same of a collector that runs at a place with a name.
   *
   * @param http read from the same variables
   * @param place a name that this collector alone has, and has again after a restart
   */
  public static CollectorSettings from(Env env, HttpSettings http, Optional<String> place) {
    Map<String, String> kafka = kafka(env.kafka());
    return new CollectorSettings(
        env.text("BOOTSTRAP_SERVERS", "localhost:9092"),
        env.read("GROUP_ID", "hognose-collector", CollectorSettings::group),
        http,
        env.duration("FORGET_ALERTS_AFTER", Duration.ofHours(24)),
        env.integer("SERIES_BUDGET", 10_000, 0, LARGEST_BUDGET),
        OtlpSettings.from(env),
        Grafana.at("HOGNOSE_GRAFANA", env.text("GRAFANA", "")),
        GroupMember.of(kafka, place),
        kafka);
  }

  private static String group(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("expected a name that collectors share");
    }
    return name;
  }

  private static Map<String, String> kafka(Properties given) {
    Map<String, String> properties = new TreeMap<>();
    for (String name : given.stringPropertyNames()) {
      if (OURS.contains(name)) {
        throw new SettingException(
            "HOGNOSE_KAFKA_%s=%s: expected no such setting, the collector sets %s itself"
                .formatted(
                    name.toUpperCase(Locale.ROOT).replace('.', '_'),
                    given.getProperty(name),
                    name));
      }
      properties.put(name, given.getProperty(name));
    }
    return properties;
  }

  /** For logs: of Kafka's properties the names only, for there are passwords among them. */
  /** What the pages lead to. */
  Onward onward() {
    return new Onward(grafana, bootstrapServers);
  }

  @Override
  public String toString() {
    return ("CollectorSettings[bootstrapServers=%s, groupId=%s, http=%s:%d,"
            + " forgetAlertsAfter=%s, seriesBudget=%d, otlp=%s, %s, kafka=%s]")
        .formatted(
            bootstrapServers,
            groupId,
            http.host(),
            http.port(),
            forgetAlertsAfter,
            seriesBudget,
            otlp,
            grafana,
            kafka.keySet());
  }
}
