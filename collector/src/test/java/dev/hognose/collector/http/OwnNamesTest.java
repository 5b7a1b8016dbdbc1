package dev.hognose.collector.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnNamesTest {

  private final OwnNames names = new OwnNames(Set.of("collector.example.org"));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "localhost",
        "localhost:9464",
        "LocalHost:9464",
        "localhost.:9464",
        "hognose.localhost",
        "127.0.0.1",
        "127.0.0.1:9464",
        "10.1.2.3:9464",
        "[::1]",
        "[::1]:9464",
        "[2001:DB8::1]:9464",
        "collector:9464",
        "collector.example.org",
        "Collector.Example.Org.:443",
      })
  void nobodyElsesNameIsAnswered(String host) {
    assertThat(names.has(Optional.of(host))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "rebound.example.net",
        "rebound.example.net:9464",
        "127.0.0.1.example.net:9464",
        "localhost.example.net",
        "localhost@example.net",
        "x.collector.example.org",
        "collector.example.org.evil.example",
        "127.0.0.1:80@evil.example",
        "[::1].evil.example",
        "evil.example:9464:9464",
        "1.2.3.4.5",
      })
  void anyOtherIsNot(String host) {
    assertThat(names.has(Optional.of(host))).isFalse();
  }

  @Test
  void whoNamesNobodyIsNoBrowser() {
    assertThat(names.has(Optional.empty())).isTrue();
  }
}
