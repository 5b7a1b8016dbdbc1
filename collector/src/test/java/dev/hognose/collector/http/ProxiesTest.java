package dev.hognose.collector.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxiesTest {

  private final Proxies proxies = new Proxies(List.of("192.0.2.1", "10.0.0.0/8", "fd00::/8"));

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      delimiter = '|',
      value = {
        "198.51.100.7 | none | 198.51.100.7",
        "198.51.100.7 | 203.0.113.9 | 198.51.100.7",
        "192.0.2.1 | none | 192.0.2.1",
        "192.0.2.1 | 203.0.113.9 | 203.0.113.9",
        "192.0.2.1 | invented, 203.0.113.9 | 203.0.113.9",
        "192.0.2.1 | 198.51.100.1,203.0.113.9 | 203.0.113.9",
        "192.0.2.1 | 203.0.113.9, 10.1.2.3 | 203.0.113.9",
        "192.0.2.1 | 203.0.113.9, 10.1.2.3, 10.4.5.6 | 203.0.113.9",
        "10.255.0.1 | 203.0.113.9:4711 | 203.0.113.9",
        "fd00::17 | 2001:db8::1 | 2001:db8:0:0:0:0:0:1",
        "[fd00::17] | [2001:db8::1]:4711 | 2001:db8:0:0:0:0:0:1",
        "fd00::17 | [2001:db8::1] | 2001:db8:0:0:0:0:0:1",
        "192.0.2.1 | 10.1.2.3 | 10.1.2.3",
        "192.0.2.1 | '' | 192.0.2.1",
        "192.0.2.1 | unknown | 192.0.2.1",
        "192.0.2.1 | 203.0.113.9, unknown | 192.0.2.1",
        "192.0.2.1 | 203.0.113.9, 999.1.1.1 | 192.0.2.1",
        "192.0.2.1 | 203.0.113.9, name.example.org | 192.0.2.1",
        "192.0.2.1 | 203.0.113.9, ,, | 203.0.113.9",
      })
  void whoAsksIsTheLastThatNoProxyOfOursSpokeFor(String neighbour, String forwarded, String asker) {
    List<String> headers = forwarded == null ? List.of() : List.of(forwarded);

    assertThat(proxies.asker(neighbour, headers)).isEqualTo(asker);
  }

  @Test
  void severalHeadersAreOneList() {
    assertThat(proxies.asker("192.0.2.1", List.of("198.51.100.1", "203.0.113.9, 10.0.0.2")))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void withoutProxiesNobodyIsBelieved() {
    assertThat(new Proxies(List.of()).asker("127.0.0.1", List.of("203.0.113.9")))
        .isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "proxy",
        "proxy.example.org",
        "999.0.0.1",
        "10.0.0.0/33",
        "10.0.0",
        "1.2.3.4-9"
      })
  void whatIsNoAddressIsRefused(String written) {
    assertThatThrownBy(() -> new Proxies(List.of(written)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "\"%s\": expected addresses or networks as in 192.0.2.1 or 10.0.0.0/8, several with"
                + " commas",
            written);
  }
}
