package dev.hognose.collector.intake;

import dev.hognose.collector.fleet.Fleet;
import dev.hognose.collector.fleet.Shown;
import dev.hognose.wire.Topics;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/** Hides and shows what came from a partition; events and trends are shown with their process. */
record Visibility(Fleet fleet) {

  private static final Map<String, Shown> SHOWN =
      Map.of(
          Topics.SAMPLES.name(), Shown.PROCESSES,
          Topics.SERVICES.name(), Shown.SUMMARIES,
          Topics.ALERTS.name(), Shown.ALERTS);

  void hide(TopicPartition partition) {
    Shown what = SHOWN.get(partition.topic());
    if (what != null) {
      fleet.hide(what, partition.partition());
    }
  }

  void show(TopicPartition partition) {
    Shown what = SHOWN.get(partition.topic());
    if (what != null) {
      fleet.show(what, partition.partition());
    }
  }
}
