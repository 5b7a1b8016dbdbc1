package dev.hognose.collector;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.collector.http.HttpSettings;
import dev.hognose.collector.otlp.OtlpSettings;
import dev.hognose.collector.page.Grafana;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.wire.client.GroupMember;
import dev.hognose.wire.client.GroupMember.Parting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CollectorSettingsTest {

  @Test
  void defaultsSuitOneMachine() {
    assertThat(CollectorSettings.from(new Env(Map.of())))
        .isEqualTo(
            new CollectorSettings(
                "localhost:9092",
                "hognose-collector",
                HttpSettings.open("127.0.0.1", 9464),
                Duration.ofHours(24),
                10_000,
                new OtlpSettings(Optional.empty(), Duration.ofSeconds(15)),
                Grafana.NONE,
                GroupMember.NAMELESS,
                Map.of()));
  }

  @Test
  void everyKeyIsReadAndNoneIsLeft() {
    Env env =
        new Env(
            Map.ofEntries(
                entry("HOGNOSE_BOOTSTRAP_SERVERS", "broker:9092"),
                entry("HOGNOSE_GROUP_ID", "collectors-east"),
                entry("HOGNOSE_HTTP_HOST", "0.0.0.0"),
                entry("HOGNOSE_HTTP_PORT", "0"),
                entry("HOGNOSE_HTTP_CERTIFICATE", "chain.pem"),
                entry("HOGNOSE_HTTP_KEY", "key.pem"),
                entry("HOGNOSE_HTTP_USERS", "users"),
                entry("HOGNOSE_HTTP_TOKENS", "tokens"),
                entry("HOGNOSE_HTTP_NAMES", "Hognose.example.org,collector"),
                entry("HOGNOSE_HTTP_PROXIES", "10.0.0.0/8, fd00::1"),
                entry("HOGNOSE_FORGET_ALERTS_AFTER", "2h"),
                entry("HOGNOSE_SERIES_BUDGET", "500"),
                entry("HOGNOSE_OTLP_TOPIC", "otlp_metrics"),
                entry("HOGNOSE_OTLP_INTERVAL", "30s"),
                entry("HOGNOSE_GRAFANA", "https://grafana.example.org/g/"),
                entry("HOGNOSE_KAFKA_GROUP_INSTANCE_ID", "collector-0"),
                entry("HOGNOSE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")));

    assertThat(CollectorSettings.from(env))
        .isEqualTo(
            new CollectorSettings(
                "broker:9092",
                "collectors-east",
                new HttpSettings(
                    "0.0.0.0",
                    0,
                    Optional.of(Path.of("chain.pem")),
                    Optional.of(Path.of("key.pem")),
                    Optional.of(Path.of("users")),
                    Optional.of(Path.of("tokens")),
                    Set.of("hognose.example.org", "collector"),
                    Set.of("10.0.0.0/8", "fd00::1")),
                Duration.ofHours(2),
                500,
                new OtlpSettings(Optional.of("otlp_metrics"), Duration.ofSeconds(30)),
                new Grafana(Optional.of("https://grafana.example.org/g")),
                new GroupMember(Optional.of("collector-0"), Parting.IS_EXPECTED_BACK),
                Map.of("security.protocol", "SASL_SSL")));
    env.rejectUnread();
  }

  @Test
  void passwordsDoNotReachTheLog() {
    Env env = new Env(Map.of("HOGNOSE_KAFKA_SASL_JAAS_CONFIG", "a secret"));

    assertThat(CollectorSettings.from(env).toString())
        .contains("bootstrapServers=localhost:9092", "kafka=[sasl.jaas.config]")
        .doesNotContain("a secret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "HTTP_PORT | 80a | HOGNOSE_HTTP_PORT=80a: expected an integer from 0 to 65535",
        "HTTP_KEY | key.pem | HOGNOSE_HTTP_CERTIFICATE and HOGNOSE_HTTP_KEY: expected both or none",
        "HTTP_USERS | '' | HOGNOSE_HTTP_USERS=: expected the path of a file",
        "HTTP_PORT | 65536 | HOGNOSE_HTTP_PORT=65536: expected an integer from 0 to 65535",
        "FORGET_ALERTS_AFTER | soon"
            + " | HOGNOSE_FORGET_ALERTS_AFTER=soon: expected a duration such as 500ms, 10s or 5m",
        "GRAFANA | javascript:alert(1)"
            + " | HOGNOSE_GRAFANA=javascript:alert(1): expected an address such as"
            + " https://grafana.example.org",
        "GRAFANA | grafana:3000"
            + " | HOGNOSE_GRAFANA=grafana:3000: expected an address such as"
            + " https://grafana.example.org",
        "GRAFANA | https://admin:secret@grafana.example.org"
            + " | HOGNOSE_GRAFANA=https://…@grafana.example.org: expected an address such as"
            + " https://grafana.example.org",
        "GRAFANA | http://grafana:99999"
            + " | HOGNOSE_GRAFANA=http://grafana:99999: expected an address such as"
            + " https://grafana.example.org",
        "GRAFANA | http:///d/hognose-fleet"
            + " | HOGNOSE_GRAFANA=http:///d/hognose-fleet: expected an address such as"
            + " https://grafana.example.org",
        "GRAFANA | http://a b"
            + " | HOGNOSE_GRAFANA=http://a b: expected an address such as"
            + " https://grafana.example.org",
        "OTLP_TOPIC | a b"
            + " | HOGNOSE_OTLP_TOPIC=a b: expected the name of a topic, such as otlp_metrics",
        "OTLP_INTERVAL | 10ms | HOGNOSE_OTLP_INTERVAL=10ms: expected 1s to 1h",
        "KAFKA_ALLOW_AUTO_CREATE_TOPICS | true"
            + " | HOGNOSE_KAFKA_ALLOW_AUTO_CREATE_TOPICS=true: expected no such setting,"
            + " the collector sets allow.auto.create.topics itself",
        "KAFKA_ENABLE_AUTO_COMMIT | true"
            + " | HOGNOSE_KAFKA_ENABLE_AUTO_COMMIT=true: expected no such setting,"
            + " the collector sets enable.auto.commit itself",
        "KAFKA_GROUP_ID | mine"
            + " | HOGNOSE_KAFKA_GROUP_ID=mine: expected no such setting,"
            + " the collector sets group.id itself",
      })
  void badValueIsToldWithWhatWasExpected(String key, String value, String message) {
    assertThatThrownBy(() -> CollectorSettings.from(new Env(Map.of("HOGNOSE_" + key, value))))
        .isInstanceOf(SettingException.class)
        .hasMessage(message);
  }
}
