package dev.hognose.streams;

import dev.hognose.wire.GroupRemoval;
import java.time.Duration;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.CloseOptions.GroupMembershipOperation;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How an instance ends: soon, and so that whoever comes next finds its group in order.
 *
 * @param settings of the instance that ends
 */
record Departure(StreamsSettings settings) {

  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  /** Whoever stops programs kills them after ten seconds. */
  private static final Duration CLOSING = Duration.ofSeconds(9);

  /**
   * Ends them within 10 s. An instance that the operator has given a name (group.instance.id) is
   * expected back and keeps its partitions; any other leaves them to the rest at once.
   */
  void of(KafkaStreams streams) {
    CloseOptions options =
        CloseOptions.timeout(CLOSING)
            .withGroupMembershipOperation(
                switch (settings.member().parting()) {
                  case LEAVES -> GroupMembershipOperation.LEAVE_GROUP;
                  case IS_EXPECTED_BACK -> GroupMembershipOperation.REMAIN_IN_GROUP;
                });
    if (!streams.close(options)) {
      LOG.warn("the streams did not end within {} s", CLOSING.toSeconds());
    }
  }

  /**
   * Takes the name of an instance that has failed out of its group, unless another one has it.
   *
   * <p>Streams that fail do not leave their group, and it hands out to a name what that had before,
   * also what could not be run: each start would fail for the same reason, though it was mended.
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
