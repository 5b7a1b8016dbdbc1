package dev.hognose.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.collector.metrics.OpenMetrics;
import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CollectorTest {

  @Test
  @Timeout(30)
  void servesWithoutABrokerAndEndsSoon() throws Exception {
    Collector collector = collector(Map.of());
    collector.start();
    try {
      assertThat(collector.isReady()).isFalse();
      assertThat(collector.fleet().processes()).isEmpty();
      assertThat(get(collector, "/healthz").statusCode()).isEqualTo(200);
      assertThat(get(collector, "/readyz").statusCode()).isEqualTo(503);
      assertThat(get(collector, "/").statusCode()).isEqualTo(200);
      assertThat(OpenMetrics.complaints(openMetrics(collector))).isEmpty();
      assertThat(get(collector, "/metrics").body())
          .contains(
              "hognose_collector_records_total{outcome=\"applied\",topic=\"hognose.samples\"} 0",
              "kafka_consumer_");
    } finally {
      collector.close();
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.startsWith("hognose-"));
  }

  @Test
  void portInUseIsOneSentence() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());

      assertThatThrownBy(() -> collector(Map.of("HOGNOSE_HTTP_PORT", port)).start())
          .isInstanceOf(SettingException.class)
          .hasMessage("HOGNOSE_HTTP_PORT=" + port + ": expected a free port, it is in use");
    }
  }

  @Test
  void hostThatIsNotOursIsOneSentence() {
    for (String host : new String[] {"192.0.2.1", "no.such.host.invalid"}) {
      assertThatThrownBy(() -> collector(Map.of("HOGNOSE_HTTP_HOST", host)).start())
          .isInstanceOf(SettingException.class)
          .hasMessage("HOGNOSE_HTTP_HOST=" + host + ": expected an address of this machine");
    }
  }

  @Test
  void serversThatAreNoneAreOneSentence() {
    for (String servers : new String[] {"nowhere", "no.such.host.invalid:9092"}) {
      assertThatThrownBy(() -> collector(Map.of("HOGNOSE_BOOTSTRAP_SERVERS", servers)))
          .isInstanceOf(SettingException.class)
          .hasMessage(
              "HOGNOSE_BOOTSTRAP_SERVERS="
                  + servers
                  + ": expected host:port of brokers, commas between, one host at least known here");
    }
  }

  @Test
  void settingThatKafkaRefusesIsNamedWithoutTheValuesOfOthers() {
    Map<String, String> variables =
        Map.of(
            "HOGNOSE_KAFKA_SECURITY_PROTOCOL", "TELEPATHY",
            "HOGNOSE_KAFKA_SASL_JAAS_CONFIG", "a secret");

    assertThatThrownBy(() -> collector(variables))
        .isInstanceOf(SettingException.class)
        .hasMessageStartingWith(
            "HOGNOSE_KAFKA_* with [sasl.jaas.config, security.protocol]:"
                + " expected what Kafka's clients take: Invalid value TELEPATHY")
        .message()
        .doesNotContain("a secret");
  }

  /** At an address where no broker listens. */
  private static Collector collector(Map<String, String> variables) {
    Map<String, String> all = new HashMap<>();
    all.put("HOGNOSE_BOOTSTRAP_SERVERS", "127.0.0.1:1");
    all.put("HOGNOSE_HTTP_PORT", "0");
    all.putAll(variables);
    return new Collector(
        CollectorSettings.from(new Env(all)),
        new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  private static String openMetrics(Collector collector) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + collector.port() + "/metrics");
    HttpRequest request =
        HttpRequest.newBuilder(uri).header("Accept", "application/openmetrics-text").build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }

  private static HttpResponse<String> get(Collector collector, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + collector.port() + path);
    return HttpClient.newHttpClient()
        .send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
  }
}
