package dev.hognose.streams;

import dev.hognose.wire.client.AccessRefusal;
import dev.hognose.wire.client.GroupMember;
import java.util.Optional;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;

/** Why the streams have failed. */
public final class StreamsFailure {

  private StreamsFailure() {}

  /**
   * For the operator, in a sentence.
   *
   * @param member what the group knew the failed instance by
   */
  public static String sentence(Throwable failure, GroupMember member) {
    return AccessRefusal.sentence(failure)
        .or(() -> member.takenSentence(failure))
        .or(() -> UnreadableStateException.sentence(failure))
        .or(() -> missingTopic(failure))
        .orElse(String.valueOf(failure.getMessage()));
  }

  private static Optional<String> missingTopic(Throwable failure) {
    return failure instanceof MissingSourceTopicException
        ? Optional.of(
            "a topic that they read is gone: create it with hognose topics --create and start again")
        : Optional.empty();
  }

  /** Kafka itself says of some failures that they may pass; it has tried for minutes by then. */
  static boolean isPassing(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof RetriableException) {
        return true;
      }
    }
    return false;
  }
}
