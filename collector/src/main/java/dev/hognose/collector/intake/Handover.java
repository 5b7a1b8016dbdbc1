package dev.hognose.collector.intake;

import dev.hognose.collector.fleet.Fleet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.RetriableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Passes what is shown of a partition from one collector to the next, so that at every moment
 * exactly one shows it.
 *
 * <p>Whoever gets a partition reads it unseen; when it has read what there was, it says with the
 * committed offset from when on it shows it. Whoever had the partition goes on showing it until
 * that moment, which it finds there. What can differ is the two clocks, and the beat of their
 * publications.
 */
final class Handover {

  private static final Logger LOG = LoggerFactory.getLogger(Handover.class);

  /** Several times as long as it takes the collector before to ask, and to be answered. */
  static final Duration NOTICE = Duration.ofMillis(600);

  /** Who takes over and has not read what there was by then may be gone, too. */
  static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(10);

  private static final Duration ASK_EVERY = Duration.ofMillis(100);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);

  private final Consumer<byte[], byte[]> consumer;
  private final Fleet fleet;
  private final Visibility visibility;
  private final ShownBy us = ShownBy.somebodyNew();
  private final Set<TopicPartition> unsaid = new HashSet<>();
  private final Set<TopicPartition> shownByOthers = new HashSet<>();
  private final Map<TopicPartition, Instant> from = new HashMap<>();
  private final Map<TopicPartition, Instant> until = new HashMap<>();
  private Instant nextAsk = Instant.MIN;

  Handover(Consumer<byte[], byte[]> consumer, Fleet fleet) {
    this.consumer = consumer;
    this.fleet = fleet;
    this.visibility = new Visibility(fleet);
  }

  /** Partitions that became ours, and are read from some time ago on. */
  void receive(Collection<TopicPartition> fresh) {
    unsaid.addAll(fresh);
    consumer
        .committed(Set.copyOf(fresh))
        .forEach(
            (partition, said) -> {
              if (said != null && ShownBy.isIn(said.metadata())) {
                shownByOthers.add(partition);
                visibility.hide(partition);
              }
            });
  }

  /** A partition that went and came back before anybody else had shown it: say that it is ours. */
  void receiveBack(TopicPartition partition) {
    if (until.remove(partition) != null) {
      unsaid.add(partition);
    }
  }

  /**
   * Partitions that another collector has now.
   *
   * @return those of which nothing was shown, and nothing is to be kept
   */
  Set<TopicPartition> giveAway(Collection<TopicPartition> partitions) {
    Set<TopicPartition> neverShown = new HashSet<>();
    for (TopicPartition partition : partitions) {
      boolean read = !unsaid.remove(partition);
      if (read || !shownByOthers.contains(partition)) {
        until.put(partition, fleet.now().plus(GIVEN_UP_AFTER));
      } else {
        neverShown.add(partition);
      }
    }
    return neverShown;
  }

  /** Says that all that was received is read, and from when on it is shown. */
  void say(Map<TopicPartition, Long> positions) {
    if (unsaid.isEmpty()) {
      return;
    }
    Instant now = fleet.now();
    boolean notice = unsaid.stream().anyMatch(shownByOthers::contains);
    Instant moment = notice ? now.plus(NOTICE) : now;
    Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
    for (TopicPartition partition : unsaid) {
      offsets.put(
          partition, new OffsetAndMetadata(positions.getOrDefault(partition, 0L), us.from(moment)));
    }
    try {
      consumer.commitSync(offsets);
    } catch (CommitFailedException | RebalanceInProgressException | RetriableException again) {
      // The group is being shared out anew; what is still ours then is said with the next beat.
      LOG.debug("could not say that {} are shown here", unsaid, again);
      return;
    }
    unsaid.forEach(partition -> from.put(partition, moment));
    unsaid.clear();
  }

  /**
   * Shows what is ours by now.
   *
   * @return what is shown by another collector by now, or has been kept for too long
   */
  Set<TopicPartition> pass() {
    Instant now = fleet.now();
    if (!until.isEmpty() && !now.isBefore(nextAsk)) {
      nextAsk = now.plus(ASK_EVERY);
      ask();
    }
    for (TopicPartition partition : due(from, now)) {
      from.remove(partition);
      shownByOthers.remove(partition);
      visibility.show(partition);
    }
    Set<TopicPartition> gone = due(until, now);
    until.keySet().removeAll(gone);
    return gone;
  }

  private void ask() {
    consumer
        .committed(Set.copyOf(until.keySet()), ANSWER_WITHIN)
        .forEach(
            (partition, said) -> {
              if (said != null) {
                us.untilOthers(said.metadata()).ifPresent(moment -> until.put(partition, moment));
              }
            });
  }

  /** Whether something of ours is still to be taken over by another collector. */
  boolean isGivingAway() {
    return !until.isEmpty();
  }

  /** Whether something of ours is not shown yet. */
  boolean isReceiving() {
    return !unsaid.isEmpty() || !from.isEmpty();
  }

  /** For how long nothing need be done, at most {@code beat}. */
  Duration idle(Duration beat) {
    if (!isGivingAway() && from.isEmpty()) {
      return beat;
    }
    Instant now = fleet.now();
    Duration shortest = isGivingAway() ? ASK_EVERY : beat;
    for (Map<TopicPartition, Instant> moments : List.of(from, until)) {
      for (Instant moment : moments.values()) {
        Duration left = Duration.between(now, moment);
        shortest = left.compareTo(shortest) < 0 ? left : shortest;
      }
    }
    return shortest.isNegative() ? Duration.ZERO : shortest;
  }

  /** Nothing of it is ours, or was, any more. */
  void forget(TopicPartition partition) {
    unsaid.remove(partition);
    shownByOthers.remove(partition);
    from.remove(partition);
    until.remove(partition);
    visibility.show(partition);
  }

  private static Set<TopicPartition> due(Map<TopicPartition, Instant> moments, Instant now) {
    Set<TopicPartition> due = new HashSet<>();
    moments.forEach(
        (partition, moment) -> {
          if (!moment.isAfter(now)) {
            due.add(partition);
          }
        });
    return due;
  }
}
