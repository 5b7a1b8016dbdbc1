package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.wire.Topic;
import dev.hognose.wire.Topics;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TopicCheckTest {

  private final Map<String, Integer> partitions = new TreeMap<>();
  private final TopicCheck check = new TopicCheck(Pipeline.settings(Map.of()));

  TopicCheckTest() {
    Topics.all().stream().map(Topic::name).forEach(name -> partitions.put(name, 12));
  }

  @Test
  void allTopicsWithEqualPartitionsPass() {
    partitions.put("hognose.alerts", 3);

    assertThatCode(() -> check.check(partitions)).doesNotThrowAnyException();
  }

  @Test
  void missingTopicsAreNamedWithTheCommandThatMakesThem() {
    partitions.remove("hognose.events");
    partitions.remove("hognose.alerts");

    assertThatThrownBy(() -> check.check(partitions))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "no topic hognose.events, hognose.alerts at localhost:9092: expected all of them,"
                + " create them with: hognose topics --create --bootstrap-servers localhost:9092");
  }

  @Test
  void topicsOfProcessesNeedEqualPartitions() {
    partitions.put("hognose.events", 6);

    assertThatThrownBy(() -> check.check(partitions))
        .isInstanceOf(StartException.class)
        .hasMessage(
            "hognose.events has 6 partitions: expected 12 as hognose.samples has, so that one task"
                + " sees all of a process");
  }
}
