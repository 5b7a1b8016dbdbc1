package dev.hognose.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnvTest {

  @Test
  void unsetMeansTheDefault() {
    Env env = new Env(Map.of());

    assertThat(env.text("HTTP_HOST", "127.0.0.1")).isEqualTo("127.0.0.1");
    assertThat(env.integer("HTTP_PORT", 9464, 0, 65535)).isEqualTo(9464);
    assertThat(env.duration("INTERVAL", Duration.ofSeconds(10))).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void setValuesAreTypedAndTakenOut() {
    Env env =
        new Env(
            Map.of(
                "HOGNOSE_HTTP_PORT", "80",
                "HOGNOSE_INTERVAL", "250ms",
                "PATH", "/bin"));

    assertThat(env.integer("HTTP_PORT", 9464, 0, 65535)).isEqualTo(80);
    assertThat(env.duration("INTERVAL", Duration.ofSeconds(10))).isEqualTo(Duration.ofMillis(250));
    assertThatCode(env::rejectUnread).doesNotThrowAnyException();
  }

  @Test
  void malformedValueNamesKeyValueAndExpectation() {
    Env env =
        new Env(
            Map.of(
                "HOGNOSE_HTTP_PORT", "80a",
                "HOGNOSE_WEB_PORT", "70000",
                "HOGNOSE_INTERVAL", "soon",
                "HOGNOSE_BEAT", "0s"));

    assertThatThrownBy(() -> env.integer("HTTP_PORT", 1, 0, 65535))
        .hasMessage("HOGNOSE_HTTP_PORT=80a: expected an integer from 0 to 65535");
    assertThatThrownBy(() -> env.integer("WEB_PORT", 1, 0, 65535))
        .hasMessage("HOGNOSE_WEB_PORT=70000: expected an integer from 0 to 65535");
    assertThatThrownBy(() -> env.duration("INTERVAL", Duration.ofSeconds(1)))
        .isInstanceOf(SettingException.class)
        .hasMessage("HOGNOSE_INTERVAL=soon: expected a duration such as 500ms, 10s or 5m");
    assertThatThrownBy(() -> env.duration("BEAT", Duration.ofSeconds(1)))
        .hasMessage("HOGNOSE_BEAT=0s: expected a duration longer than 0");
  }

  @Test
  void misspeltKeysAreRefusedEachWithTheNearest() {
    Env env = new Env(Map.of("HOGNOSE_HTP_PORT", "80", "HOGNOSE_INTERVALL", "1s"));
    for (String key : List.of("GROUP_ID", "HTTP_PORT", "HTTP_HOST", "INTERVAL", "LOG_LEVEL")) {
      env.text(key, "");
    }

    assertThatThrownBy(env::rejectUnread)
        .isInstanceOf(SettingException.class)
        .hasMessage(
            "HOGNOSE_HTP_PORT: no such setting, expected HOGNOSE_HTTP_PORT, HOGNOSE_HTTP_HOST,"
                + " HOGNOSE_GROUP_ID; HOGNOSE_INTERVALL: no such setting, expected"
                + " HOGNOSE_INTERVAL, HOGNOSE_HTTP_HOST, HOGNOSE_HTTP_PORT");
  }

  @Test
  void keyThatIsLikeNoneIsRefusedWithAll() {
    Env env = new Env(Map.of("HOGNOSE_SERVICE", "orders"));
    for (String key : List.of("THREADS", "HTTP_PORT", "STATE_DIR", "LOG_LEVEL")) {
      env.text(key, "");
    }

    assertThatThrownBy(env::rejectUnread)
        .hasMessage(
            "HOGNOSE_SERVICE: no such setting, expected some of HOGNOSE_HTTP_PORT,"
                + " HOGNOSE_LOG_LEVEL, HOGNOSE_STATE_DIR, HOGNOSE_THREADS");
  }

  @Test
  void linksToServicesAreNeitherSettingsNorPropertiesOfKafka() {
    Env env =
        new Env(
            Map.of(
                "HOGNOSE_HTTP_PORT", "80",
                "HOGNOSE_KAFKA_ACKS", "all",
                "HOGNOSE_KAFKA_SERVICE_HOST", "10.0.0.11",
                "HOGNOSE_KAFKA_SERVICE_PORT", "9092",
                "HOGNOSE_KAFKA_PORT", "tcp://10.0.0.11:9092",
                "HOGNOSE_KAFKA_PORT_9092_TCP_ADDR", "10.0.0.11",
                "HOGNOSE_COLLECTOR_SERVICE_HOST", "10.0.0.12",
                "HOGNOSE_COLLECTOR_SERVICE_PORT", "9464",
                "HOGNOSE_COLLECTOR_SERVICE_PORT_HTTP", "9464"));

    assertThat(env.integer("HTTP_PORT", 9464, 0, 65535)).isEqualTo(80);
    assertThat(env.kafka()).containsOnlyKeys("acks");
    assertThatCode(env::rejectUnread).doesNotThrowAnyException();
  }

  @Test
  void bothBoundsOfAnIntegerAreAllowed() {
    Env env = new Env(Map.of("HOGNOSE_LEAST", "-1", "HOGNOSE_MOST", "3", "HOGNOSE_BELOW", "-2"));

    assertThat(env.integer("LEAST", 0, -1, 3)).isEqualTo(-1);
    assertThat(env.integer("MOST", 0, -1, 3)).isEqualTo(3);
    assertThatThrownBy(() -> env.integer("BELOW", 0, -1, 3))
        .hasMessage("HOGNOSE_BELOW=-2: expected an integer from -1 to 3");
  }

  @Test
  void propertiesOfKafkaHideNoMisspeltKey() {
    Env env = new Env(Map.of("HOGNOSE_KAFKA_LINGER_MS", "5", "HOGNOSE_KAFK_ACKS", "all"));

    assertThat(env.kafka()).containsOnlyKeys("linger.ms");
    assertThatThrownBy(env::rejectUnread).hasMessageStartingWith("HOGNOSE_KAFK_ACKS: no such");
  }

  @Test
  void kafkaPropertiesPassThrough() {
    Env env =
        new Env(
            Map.of("HOGNOSE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL", "HOGNOSE_KAFKA_LINGER_MS", "5"));

    assertThat(env.kafka())
        .containsEntry("security.protocol", "SASL_SSL")
        .containsEntry("linger.ms", "5")
        .hasSize(2);
    assertThatCode(env::rejectUnread).doesNotThrowAnyException();
  }
}
