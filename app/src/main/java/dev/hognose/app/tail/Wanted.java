package dev.hognose.app.tail;

import java.util.List;
import java.util.Optional;

/**
 * Which records somebody wants to see.
 *
 * @param topics empty: all
 */
record Wanted(List<TopicName> topics, Optional<String> service, Optional<Kind> kind) {

  boolean includes(Reading reading) {
    return (topics.isEmpty() || topics.contains(new TopicName(reading.topic())))
        && service.stream().allMatch(reading.service()::equals)
        && kind.stream().allMatch(reading::isOf);
  }
}
