package dev.hognose.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopicsTest {

  @Test
  void brokerRefusesWhatAgentsSendFromTheFuture() {
    assertThat(Topics.SAMPLES.config())
        .containsEntry("message.timestamp.after.max.ms", "60000")
        .containsEntry("cleanup.policy", "delete")
        .containsEntry("retention.ms", "604800000");
  }

  @Test
  void brokerWhoseClockWasSetBackTakesWhatIsJudged() {
    assertThat(Topics.ALERTS.config())
        .containsEntry("message.timestamp.after.max.ms", Long.toString(Long.MAX_VALUE));
  }

  @Test
  void whatTheStreamsMayWriteTheBrokerTakes() {
    assertThat(Topics.all())
        .filteredOn(topic -> topic.writtenBy().equals("streams"))
        .hasSize(5)
        .allSatisfy(
            topic -> assertThat(topic.config()).containsEntry("max.message.bytes", "4194304"));
    assertThat(Topics.SAMPLES.config()).doesNotContainKey("max.message.bytes");
  }

  @Test
  void latestJudgementsAreKeptForEver() {
    assertThat(Topics.TRENDS.config())
        .containsEntry("cleanup.policy", "compact")
        .doesNotContainKey("retention.ms");
  }

  @Test
  void serdesReadWhatTheyWrite() {
    byte[] trend = Topics.TRENDS.value().serializer().serialize("t", Examples.trend());

    assertThat(Topics.TRENDS.value().deserializer().deserialize("t", trend))
        .isEqualTo(Examples.trend());
  }
}
