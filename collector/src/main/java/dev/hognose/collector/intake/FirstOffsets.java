package dev.hognose.collector.intake;

import dev.hognose.wire.Topics;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.TopicPartition;

/** Where to begin: compacted topics are read whole, of samples and events what is recent. */
record FirstOffsets(Consumer<byte[], byte[]> consumer, Instant recent) {

  private static final Set<String> READ_WHOLE =
      Set.of(Topics.TRENDS.name(), Topics.SERVICES.name(), Topics.ALERTS.name());

  /** Where there is nothing that recent, what comes next. */
  Map<TopicPartition, Long> of(Map<TopicPartition, Long> ends) {
    List<TopicPartition> whole =
        ends.keySet().stream().filter(each -> READ_WHOLE.contains(each.topic())).toList();
    Map<TopicPartition, Long> first = new HashMap<>(ends);
    first.putAll(consumer.beginningOffsets(whole));
    Map<TopicPartition, Long> times =
        ends.keySet().stream()
            .filter(each -> !READ_WHOLE.contains(each.topic()))
            .collect(Collectors.toMap(each -> each, each -> recent.toEpochMilli()));
    Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(times);
    found.forEach(
        (partition, there) -> {
          if (there != null) {
            first.put(partition, there.offset());
          }
        });
    return first;
  }
}
