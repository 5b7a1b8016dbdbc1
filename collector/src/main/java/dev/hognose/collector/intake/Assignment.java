package dev.hognose.collector.intake;

import dev.hognose.collector.fleet.Fleet;
import dev.hognose.wire.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;

/**
 * Which partitions are ours, from where each is read, and until where it was written when it became
 * ours.
 *
 * <p>Of samples and events the last two minutes tell who lives; trends, services and alerts are
 * compacted and read whole. What is committed is not where to go on, but who shows a partition: a
 * collector that starts rebuilds what it shows.
 *
 * <p>A rebalance revokes everything and gives most of it back. So what came from a revoked
 * partition is kept until the next assignment is known: what comes back goes on where it was, what
 * does not is shown until whoever has it now does ({@link Handover}), then removed from the fleet.
 */
final class Assignment implements ConsumerRebalanceListener {

  private static final Duration LOOKBACK = Duration.ofMinutes(2);
  private final Consumer<byte[], byte[]> consumer;
  private final Fleet fleet;
  private final Map<String, IntConsumer> removals;
  private final Map<TopicPartition, Long> endAtAssignment = new HashMap<>();
  private final Map<TopicPartition, Long> positions = new HashMap<>();
  private final Set<TopicPartition> revoked = new HashSet<>();
  private final Handover handover;
  private boolean assignedOnce;
  private Optional<String> shownElsewhere = Optional.empty();

  Assignment(Consumer<byte[], byte[]> consumer, Fleet fleet) {
    this.consumer = consumer;
    this.fleet = fleet;
    this.handover = new Handover(consumer, fleet);
    this.removals =
        Map.of(
            Topics.SAMPLES.name(), fleet::removeSampledOn,
            Topics.EVENTS.name(), fleet::removeEventsOf,
            Topics.TRENDS.name(), fleet::removeTrendsOf,
            Topics.SERVICES.name(), fleet::removeSummariesOf,
            Topics.ALERTS.name(), fleet::removeAlertsOf);
  }

  @Override
  public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
    revoked.addAll(partitions);
  }

  @Override
  public void onPartitionsLost(Collection<TopicPartition> partitions) {
    remove(partitions);
  }

  @Override
  public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
    List<TopicPartition> gone = new ArrayList<>(revoked);
    gone.removeAll(consumer.assignment());
    revoked.clear();
    giveAway(gone);

    List<TopicPartition> fresh = new ArrayList<>();
    for (TopicPartition partition : partitions) {
      Long position = positions.get(partition);
      if (position == null) {
        fresh.add(partition);
      } else {
        consumer.seek(partition, position);
        handover.receiveBack(partition);
      }
    }
    start(fresh);
    handover.receive(fresh);
    assignedOnce = true;
    shownElsewhere = sharing(consumer.assignment().size(), allPartitions());
  }

  private static Optional<String> sharing(int ours, int all) {
    return ours < all
        ? Optional.of(
            "this collector shows " + ours + " of " + all + " partitions, others show the rest")
        : Optional.empty();
  }

  private int allPartitions() {
    return TopicCheck.TOPICS.stream().mapToInt(topic -> consumer.partitionsFor(topic).size()).sum();
  }

  private void giveAway(Collection<TopicPartition> partitions) {
    endAtAssignment.keySet().removeAll(partitions);
    remove(handover.giveAway(partitions));
  }

  /** Lets the other collectors have everything; it is shown here until they do. */
  void leave() {
    List<TopicPartition> ours = List.copyOf(consumer.assignment());
    consumer.unsubscribe();
    revoked.clear();
    giveAway(ours);
  }

  /** Whether other collectors have partitions, too, and so will take ours. */
  boolean isShared() {
    return shownElsewhere.isPresent();
  }

  /** That a part of the fleet is to be seen at other collectors; empty when all of it is ours. */
  Optional<String> shownElsewhere() {
    return shownElsewhere;
  }

  /** Whether something of ours is still to be taken over. */
  boolean isGivingAway() {
    return handover.isGivingAway();
  }

  /** Passes on what others show by now, and shows what is ours. */
  void passOn() {
    if (assignedOnce && behind() == 0) {
      handover.say(positions);
    }
    remove(handover.pass());
  }

  /** For how long nothing is to be passed on, at most {@code beat}. */
  Duration idle(Duration beat) {
    return handover.idle(beat);
  }

  /** Notes how far the records bring us. */
  void advance(ConsumerRecords<?, ?> records) {
    records.nextOffsets().forEach((partition, next) -> positions.put(partition, next.offset()));
  }

  /** Whether the record was there before its partition became ours. */
  boolean isBacklog(ConsumerRecord<?, ?> record) {
    TopicPartition partition = new TopicPartition(record.topic(), record.partition());
    return record.offset() < endAtAssignment.getOrDefault(partition, 0L);
  }

  /** What is still to be read before the fleet is whole; empty when it is. */
  Optional<String> waitingFor() {
    if (!assignedOnce) {
      return Optional.of("waiting for partitions from the consumer group");
    }
    long behind = behind();
    if (behind > 0) {
      return Optional.of("reading what was there before: " + behind + " offsets to go");
    }
    return handover.isReceiving()
        ? Optional.of("waiting for another collector to hand its partitions over")
        : Optional.empty();
  }

  private long behind() {
    long behind = 0;
    for (Map.Entry<TopicPartition, Long> position : positions.entrySet()) {
      long end = endAtAssignment.getOrDefault(position.getKey(), 0L);
      behind += Math.max(0, end - position.getValue());
    }
    return behind;
  }

  /** Nothing is ours any more. */
  void clear() {
    remove(Set.copyOf(positions.keySet()));
    endAtAssignment.clear();
    revoked.clear();
    assignedOnce = false;
  }

  private void start(Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
    endAtAssignment.putAll(ends);
    new FirstOffsets(consumer, fleet.now().minus(LOOKBACK)).of(ends).forEach(this::seek);
  }

  private void seek(TopicPartition partition, long offset) {
    consumer.seek(partition, offset);
    positions.put(partition, offset);
  }

  private void remove(Collection<TopicPartition> partitions) {
    for (TopicPartition partition : partitions) {
      positions.remove(partition);
      endAtAssignment.remove(partition);
      removals.getOrDefault(partition.topic(), nothing -> {}).accept(partition.partition());
      handover.forget(partition);
    }
  }
}
