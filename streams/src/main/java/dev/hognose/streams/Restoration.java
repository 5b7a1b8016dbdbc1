package dev.hognose.streams;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.processor.StateRestoreListener;

/**
 * How much state is still to be read from changelogs.
 *
 * <p>Kafka's threads tell it, others ask.
 */
final class Restoration implements StateRestoreListener {

  /** Offsets to go, of each changelog that is being read; some of them are no records. */
  private final Map<TopicPartition, Progress> reading = new ConcurrentHashMap<>();

  @Override
  public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
    reading.put(changelog, new Progress(from, to));
  }

  @Override
  public void onBatchRestored(TopicPartition changelog, String store, long last, long count) {
    reading.computeIfPresent(changelog, (same, progress) -> progress.upTo(last + 1));
  }

  @Override
  public void onRestoreEnd(TopicPartition changelog, String store, long total) {
    reading.remove(changelog);
  }

  @Override
  public void onRestoreSuspended(TopicPartition changelog, String store, long total) {
    reading.remove(changelog);
  }

  /** In a sentence; nothing when no changelog is being read. */
  Optional<String> toGo() {
    Collection<Progress> all = reading.values();
    return all.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "state is being restored: %d records of %d changelogs to go"
                .formatted(all.stream().mapToLong(Progress::toGo).sum(), all.size()));
  }

  /** Offsets: the next one to read, and the one where the changelog ends. */
  private record Progress(long next, long end) {

    Progress upTo(long reached) {
      return new Progress(reached, end);
    }

    long toGo() {
      return Math.max(0, end - next);
    }
  }
}
