package dev.hognose.app.replay;

import dev.hognose.app.console.FailureException;
import dev.hognose.wire.Capture;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** The records of a window in a capture. */
final class CaptureRecords {

  private static final Set<String> TOPICS = Set.of(Topics.SAMPLES.name(), Topics.EVENTS.name());

  private final Path file;
  private final Window window;

  CaptureRecords(Path file, Window window) {
    this.file = file;
    this.window = window;
  }

  /**
   * All of them, in the order of the file.
   *
   * @throws MalformedRecordException when the file is no capture, was cut off or altered
   */
  List<ConsumerRecord<byte[], byte[]>> read() throws IOException {
    if (Files.isDirectory(file)) {
      throw new FailureException(file + ": is a directory, expected a capture");
    }
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    try (Capture capture = Capture.open(file)) {
      Optional<ConsumerRecord<byte[], byte[]>> next = capture.next();
      while (next.isPresent()) {
        ConsumerRecord<byte[], byte[]> record = next.get();
        check(record);
        if (window.reads(record.timestamp())) {
          records.add(record);
        }
        next = capture.next();
      }
    }
    return records;
  }

  private void check(ConsumerRecord<byte[], byte[]> record) {
    String entry = file + ", entry " + record.offset() + ": ";
    if (!TOPICS.contains(record.topic())) {
      throw new MalformedRecordException(
          entry
              + "topic="
              + record.topic()
              + ": expected one of "
              + TOPICS.stream().sorted().toList());
    }
    if (record.timestamp() < 0) {
      throw new MalformedRecordException(
          entry + "timestamp_ms=" + record.timestamp() + ": expected no negative number");
    }
  }
}
