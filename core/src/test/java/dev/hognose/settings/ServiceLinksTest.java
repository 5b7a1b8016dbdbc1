package dev.hognose.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent's {@code test_service_links.py} has the same tables. */
class ServiceLinksTest {

  private static final Map<String, String> SERVICES =
      Map.of(
          "HOGNOSE_SERVICE_HOST", "10.0.0.1",
          "HOGNOSE_SERVICE_PORT", "9464",
          "HOGNOSE_COLLECTOR_SERVICE_HOST", "10.0.0.2",
          "HOGNOSE_COLLECTOR_SERVICE_PORT", "9464",
          "HOGNOSE_HTTP_SERVICE_HOST", "10.0.0.3",
          "HOGNOSE_HTTP_SERVICE_PORT", "80",
          "HOGNOSE_SERVICE_PORT_2_SERVICE_HOST", "10.0.0.4",
          "HOGNOSE_SERVICE_PORT_2_SERVICE_PORT", "80");

  private static Map<String, String> beside(Map<String, String> services, String variable) {
    Map<String, String> all = new HashMap<>(services);
    String[] parts = variable.split("=", 2);
    all.put(parts[0], parts[1]);
    return ServiceLinks.without(all);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOGNOSE_SERVICE_PORT_HTTP=9464",
        "HOGNOSE_PORT=tcp://10.0.0.1:9464",
        "HOGNOSE_PORT_9464_TCP=tcp://10.0.0.1:9464",
        "HOGNOSE_COLLECTOR_SERVICE_PORT_HTTP_METRICS=9464",
        "HOGNOSE_COLLECTOR_PORT=tcp://10.0.0.2:9464",
        "HOGNOSE_COLLECTOR_PORT_9464_TCP=tcp://10.0.0.2:9464",
        "HOGNOSE_COLLECTOR_PORT_9464_TCP_PROTO=tcp",
        "HOGNOSE_COLLECTOR_PORT_9464_TCP_PORT=9464",
        "HOGNOSE_COLLECTOR_PORT_9464_TCP_ADDR=10.0.0.2",
        "HOGNOSE_COLLECTOR_PORT_53_UDP=udp://10.0.0.2:53",
        "HOGNOSE_COLLECTOR_PORT_36412_SCTP_PROTO=sctp",
        "HOGNOSE_HTTP_PORT=tcp://10.0.0.3:80",
        "HOGNOSE_SERVICE_PORT_2_PORT=tcp://10.0.0.4:80",
      })
  void whatKubernetesSetsForAServiceIsNone(String variable) {
    assertThat(beside(SERVICES, variable)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HOGNOSE_SERVICE=orders",
        "HOGNOSE_HTTP_PORT=80",
        "HOGNOSE_HTTP_PORT=80a",
        "HOGNOSE_COLLECTOR_PROT=tcp://10.0.0.2:9464",
        "HOGNOSE_COLLECTOR_PORT=9464",
        "HOGNOSE_COLLECTOR_PORT_HTTP=9464",
        "HOGNOSE_COLLECTOR_PORT_9464_TCP_HOST=10.0.0.2",
        "HOGNOSE_COLLECTORSERVICE_HOST=10.0.0.2",
        "HOGNOSE_KAFKA_SERVICE_HOST=10.0.0.5",
        "HOGNOSE_KAFKA_SERVICE_PORT=9092",
        "HOGNOSE_KAFKA_PORT=tcp://10.0.0.5:9092",
      })
  void whatNoServiceSetsStays(String variable) {
    String[] parts = variable.split("=", 2);

    assertThat(beside(SERVICES, variable)).containsOnly(Map.entry(parts[0], parts[1]));
  }

  @Test
  void withoutServicesAllStays() {
    Map<String, String> variables = Map.of("HOGNOSE_HTP_PORT", "80", "PATH", "/bin");

    assertThat(ServiceLinks.without(variables)).isEqualTo(variables);
  }
}
