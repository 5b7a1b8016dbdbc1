package dev.hognose.app.replay;

import dev.hognose.app.console.FailureException;
import dev.hognose.app.console.ProgressLine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Takes the records of a window past who listens, once and one by one. */
final class Replay {

  /** After the last record what no timer has said yet is said: no wait is longer. */
  private static final Duration LAST_WORD = Duration.ofHours(2);

  /** Then it is told in steps: who writes series hears of it between two scrapes. */
  private static final Duration STEP = Duration.ofSeconds(15);

  private final PastRecords records;
  private final Services services;
  private final ProgressLine progress;
  private final BelievedTime time = new BelievedTime();
  private boolean empty = true;

  Replay(PastRecords records, Services services, ProgressLine progress) {
    this.records = records;
    this.services = services;
    this.progress = progress;
  }

  /**
   * Judges all of them.
   *
   * @throws FailureException when the window holds nothing, or nothing of the wanted service
   */
  void through(List<Listener> listeners) throws IOException {
    Window window = records.window();
    Optional<ConsumerRecord<byte[], byte[]>> next = records.next();
    while (next.isPresent()) {
      ConsumerRecord<byte[], byte[]> record = next.get();
      Instant at = Instant.ofEpochMilli(record.timestamp());
      time.believes(at);
      empty &= !window.tells(at);
      if (services.include(record)) {
        listeners.forEach(each -> each.next(record));
      }
      progress.step(() -> at + ", " + progress.steps() / 1000 + " thousand records");
      next = records.next();
    }
    progress.hide();
    if (empty) {
      throw new FailureException(
          window.isOpen() ? "no records in the capture" : "no records from " + window);
    }
    services.refuseUnknown();
    Instant end = window.isOpen() ? time.now() : window.readTo();
    for (Duration after = STEP; after.compareTo(LAST_WORD) <= 0; after = after.plus(STEP)) {
      Instant to = end.plus(after);
      listeners.forEach(each -> each.advance(to));
    }
  }

  /** The last moment of the records that is believed. */
  Instant end() {
    return time.now();
  }
}
