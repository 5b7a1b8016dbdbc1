package dev.hognose.wire.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class AccessRefusalTest {

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(
            new TopicAuthorizationException(Set.of("hognose.samples")),
            "Kafka does not allow it: not authorized to access topics: [hognose.samples]:"
                + " expected the rights of hognose acls"),
        arguments(
            new RuntimeException(new RuntimeException(GroupAuthorizationException.forGroupId("g"))),
            "Kafka does not allow it: not authorized to access group: g:"
                + " expected the rights of hognose acls"),
        arguments(
            new SaslAuthenticationException("Authentication failed."),
            "Kafka does not let us in: authentication failed:"
                + " expected certificates or credentials in HOGNOSE_KAFKA_*"),
        arguments(
            new SslAuthenticationException("SSL handshake failed", new Exception("no path")),
            "Kafka does not let us in: SSL handshake failed (no path):"
                + " expected certificates or credentials in HOGNOSE_KAFKA_*"));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void refusalIsOneSentenceHoweverDeepItLies(Throwable failure, String sentence) {
    assertThat(AccessRefusal.sentence(failure)).contains(sentence);
  }

  @Test
  void otherFailuresAreNoRefusals() {
    assertThat(AccessRefusal.sentence(new RuntimeException("no broker"))).isEmpty();
  }
}
