package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.LeakPolicy;
import dev.hognose.loop.LoopBlockPolicy;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import dev.hognose.wire.client.GroupMember;
import dev.hognose.wire.client.GroupMember.Parting;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamsSettingsTest {

  @Test
  void defaults() {
    assertThat(Pipeline.settings(Map.of()))
        .isEqualTo(
            new StreamsSettings(
                "localhost:9092",
                "hognose-streams",
                LeakPolicy.PAGER,
                LoopBlockPolicy.DEFAULT,
                Duration.ofSeconds(1),
                1,
                0,
                Optional.empty(),
                GroupMember.NAMELESS,
                Map.of()));
  }

  @Test
  void everyKeyIsReadAndNoneIsLeft() {
    Env env =
        new Env(
            Map.ofEntries(
                Map.entry("HOGNOSE_BOOTSTRAP_SERVERS", "a:1,b.example:9092"),
                Map.entry("HOGNOSE_APPLICATION_ID", "mine"),
                Map.entry("HOGNOSE_LEAK_POLICY", "strict"),
                Map.entry("HOGNOSE_LEAK_BUCKET", "1s"),
                Map.entry("HOGNOSE_BLOCK_HARD", "500ms"),
                Map.entry("HOGNOSE_BLOCK_QUIET", "30s"),
                Map.entry("HOGNOSE_COMMIT_INTERVAL", "2s"),
                Map.entry("HOGNOSE_THREADS", "4"),
                Map.entry("HOGNOSE_STANDBY_REPLICAS", "1"),
                Map.entry("HOGNOSE_STATE_DIR", "/var/lib/hognose"),
                Map.entry("HOGNOSE_KAFKA_GROUP_INSTANCE_ID", "streams-0"),
                Map.entry("HOGNOSE_KAFKA_SECURITY_PROTOCOL", "SASL_SSL")));
    StreamsSettings settings = StreamsSettings.from(env);
    env.rejectUnread();

    assertThat(settings)
        .isEqualTo(
            new StreamsSettings(
                "a:1,b.example:9092",
                "mine",
                LeakPolicy.STRICT.withBucket(Duration.ofSeconds(1)),
                LoopBlockPolicy.DEFAULT
                    .withHard(Duration.ofMillis(500))
                    .withQuiet(Duration.ofSeconds(30)),
                Duration.ofSeconds(2),
                4,
                1,
                Optional.of(Path.of("/var/lib/hognose")),
                new GroupMember(Optional.of("streams-0"), Parting.IS_EXPECTED_BACK),
                Map.of("security.protocol", "SASL_SSL")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          BOOTSTRAP_SERVERS | localhost      | expected host:port, several with commas
          BOOTSTRAP_SERVERS | http://a:9092  | expected host:port, several with commas
          APPLICATION_ID    | a b            | expected 1 to 100 letters, digits, dots, underscores and hyphens
          LEAK_POLICY       | brave          | expected one of early, fast, balanced, pager, strict
          LEAK_BUCKET       | 5x             | expected a duration such as 500ms, 10s or 5m
          LEAK_BUCKET       | 10ms           | expected a bucket of 100ms to 1d, got 10ms
          BLOCK_HARD        | 0s             | expected a duration longer than 0
          BLOCK_QUIET       | soon           | expected a duration such as 500ms, 10s or 5m
          COMMIT_INTERVAL   | 1              | expected a duration such as 500ms, 10s or 5m
          COMMIT_INTERVAL   | 5001ms         | expected at most 5s
          THREADS           | 0              | expected an integer from 1 to 64
          STANDBY_REPLICAS  | many           | expected an integer from 0 to 5
          """)
  void aBadValueIsRefusedInOneSentence(String key, String value, String expected) {
    assertThatThrownBy(() -> Pipeline.settings(Map.of(key, value)))
        .isInstanceOf(SettingException.class)
        .hasMessage("HOGNOSE_" + key + "=" + value + ": " + expected);
  }

  @Test
  void passwordsAreNotLogged() {
    StreamsSettings settings =
        Pipeline.settings(Map.of("KAFKA_SASL_JAAS_CONFIG", "password=\"secret\""));

    assertThat(settings.toString()).contains("sasl.jaas.config").doesNotContain("secret");
  }

  @Test
  void propertiesOfKafkaWinOverOurs() {
    StreamsSettings settings = Pipeline.settings(Map.of("KAFKA_GROUP_PROTOCOL", "streams"));

    assertThat(StreamsProperties.of(settings))
        .containsEntry("group.protocol", "streams")
        .containsEntry("processing.guarantee", "exactly_once_v2");
  }

  @Test
  void theGroupKnowsAnInstanceByItsPlaceUnlessTheOperatorSaysOtherwise() {
    Optional<String> place = Optional.of("web-1-9465-ab12");

    assertThat(StreamsProperties.of(StreamsSettings.from(new Env(Map.of()), place)))
        .containsEntry("group.instance.id", "web-1-9465-ab12");
    assertThat(
            StreamsProperties.of(
                StreamsSettings.from(
                    new Env(Map.of("HOGNOSE_KAFKA_GROUP_INSTANCE_ID", "mine")), place)))
        .containsEntry("group.instance.id", "mine");
    assertThat(
            StreamsProperties.of(
                StreamsSettings.from(
                    new Env(Map.of("HOGNOSE_KAFKA_GROUP_INSTANCE_ID", "")), place)))
        .doesNotContainKey("group.instance.id");
  }

  @Test
  void whatTheirProducerMaySendTheirOwnTopicsTake() {
    assertThat(StreamsProperties.of(StreamsSettings.from(new Env(Map.of()))))
        .containsEntry("producer.max.request.size", 4 << 20)
        .containsEntry("topic.max.message.bytes", "4194304");
  }

  @Test
  void aPropertyThatKafkaRefusesEndsTheStartInOneSentence() {
    StreamsSettings settings = Pipeline.settings(Map.of("KAFKA_REPLICATION_FACTOR", "three"));

    assertThatThrownBy(() -> new StreamsApplication(settings, new SimpleMeterRegistry()))
        .isInstanceOf(StartException.class)
        .hasMessageStartingWith("HOGNOSE_KAFKA_*: Invalid value three for configuration");
  }
}
