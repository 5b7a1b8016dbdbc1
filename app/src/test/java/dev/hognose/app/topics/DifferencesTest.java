package dev.hognose.app.topics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferencesTest {

  @Test
  void topicsAsTheyMustBeDifferInNothing() {
    assertThat(Differences.of(asWanted())).isEmpty();
  }

  @Test
  void missingTopicIsNamed() {
    List<TopicState> present = asWanted();
    present.removeIf(topic -> topic.name().equals("hognose.events"));

    assertThat(Differences.of(present)).containsExactly("hognose.events: not on the cluster");
  }

  @Test
  void topicsOfOneProcessMustBeCutAlike() {
    List<TopicState> present = asWanted();
    replace(present, new TopicState("hognose.events", 6, 1, Topics.EVENTS.config()));

    assertThat(Differences.of(present))
        .containsExactly(
            "partitions: hognose.events=6, hognose.samples=12, hognose.trends=12:"
                + " expected the same number");
  }

  @Test
  void otherTopicsMayHaveAnyNumberOfPartitions() {
    List<TopicState> present = asWanted();
    replace(present, new TopicState("hognose.alerts", 1, 3, Topics.ALERTS.config()));

    assertThat(Differences.of(present)).isEmpty();
  }

  @Test
  void settingNamesItsValueAndWhatWasExpected() {
    Map<String, String> config = new HashMap<>(Topics.SAMPLES.config());
    config.put("cleanup.policy", "compact");
    config.remove("retention.ms");
    List<TopicState> present = asWanted();
    replace(present, new TopicState("hognose.samples", 12, 1, config));

    assertThat(Differences.of(present))
        .containsExactly(
            "hognose.samples: cleanup.policy=compact: expected delete",
            "hognose.samples: retention.ms=(not set): expected 604800000");
  }

  @Test
  void orderWithinASettingIsTheClustersOwn() {
    Map<String, String> config = new HashMap<>(Topics.ALERTS.config());
    config.put("cleanup.policy", "delete, compact");
    List<TopicState> present = asWanted();
    replace(present, new TopicState("hognose.alerts", 12, 1, config));

    assertThat(Differences.of(present)).isEmpty();
  }

  private static List<TopicState> asWanted() {
    List<TopicState> present = new ArrayList<>();
    for (Topic<?, ?> topic : Topics.all()) {
      present.add(new TopicState(topic.name(), Topics.DEFAULT_PARTITIONS, 1, topic.config()));
    }
    return present;
  }

  private static void replace(List<TopicState> present, TopicState topic) {
    present.replaceAll(old -> old.name().equals(topic.name()) ? topic : old);
  }
}
