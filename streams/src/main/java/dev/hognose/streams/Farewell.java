package dev.hognose.streams;

import dev.hognose.wire.client.GroupRemoval;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an instance leaves its group when it ends. */
record Farewell(StreamsSettings settings) {

  private static final Logger LOG = LoggerFactory.getLogger(Farewell.class);

  /** One that is expected back stays; any other leaves its partitions to the rest at once. */
  CloseOptions within(Duration time) {
    return CloseOptions.timeout(time)
        .withGroupMembershipOperation(
            switch (settings.member().parting()) {
              case LEAVES -> GroupMembershipOperation.LEAVE_GROUP;
              case IS_EXPECTED_BACK -> GroupMembershipOperation.REMAIN_IN_GROUP;
            });
  }

  /**
   * Streams that fail do not leave their group, and it hands out to a name what that had before,
   * also what could not be run: each start would fail for the same reason, though it was mended. So
   * the name is taken out, unless it is another's by now.
   */
  void after(Throwable failure) {
    if (settings.member().takenSentence(failure).isEmpty()) {
      settings.member().name().ifPresent(this::forget);
    }
  }

  private void forget(String name) {
    try {
      new GroupRemoval(settings.bootstrapServers(), settings.applicationId(), settings.kafka())
          .remove(name);
    } catch (KafkaException stays) {
      LOG.warn("start again when the session has run out: {}", stays.getMessage());
    }
  }
}
