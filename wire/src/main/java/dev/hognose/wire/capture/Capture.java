package dev.hognose.wire.capture;

import dev.hognose.v1.CaptureEntry;
import dev.hognose.v1.CaptureRecord;
import dev.hognose.wire.MalformedRecordException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Queue;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Reads a capture, record by record; the format is in capture.proto. */
public final class Capture implements AutoCloseable {

  private final CaptureEntries entries;
  private final Optional<CaptureWindow> window;
  private final Queue<ConsumerRecord<byte[], byte[]>> block = new ArrayDeque<>();

  private Capture(CaptureEntries entries, Optional<CaptureWindow> window) {
    this.entries = entries;
    this.window = window;
  }

  /**
   * Opens a file. One that was made for a window is read through first: it is whole, or refused.
   *
   * @throws MalformedRecordException when it is no capture of this version, or not whole
   */
  public static Capture open(Path file) throws IOException {
    Optional<CaptureWindow> window = CaptureSeal.check(file);
    return new Capture(CaptureEntries.open(file), window);
  }

  /** What it was made for; absent in an agent's file. */
  public Optional<CaptureWindow> window() {
    return window;
  }

  /**
   * The next record as a consumer would get it, or nothing at the end; in an agent's file its
   * offset is the entry's number.
   *
   * @throws MalformedRecordException when the file was altered here, or was cut off here: then the
   *     cause is an {@link EOFException}, and all that came before is whole
   */
  public Optional<ConsumerRecord<byte[], byte[]>> next() throws IOException {
    while (block.isEmpty()) {
      Optional<byte[]> bytes = entries.next();
      if (bytes.isEmpty() && entries.isCutOff()) {
        throw new MalformedRecordException(
            entries.place() + ": the file was cut off here", new EOFException());
      }
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      take(entries.parse(bytes.get()));
    }
    return Optional.of(block.remove());
  }

  private void take(CaptureEntry entry) {
    if (entry.hasRecord()) {
      block.add(asConsumed(entry.getRecord()));
    } else if (entry.hasBlock()) {
      try {
        block.addAll(BlockReading.read(entry.getBlock()));
      } catch (MalformedRecordException altered) {
        throw new MalformedRecordException(entries.place() + ": " + altered.getMessage(), altered);
      }
    }
  }

  private ConsumerRecord<byte[], byte[]> asConsumed(CaptureRecord record) {
    byte[] key = record.getKey().toByteArray();
    byte[] value = record.getValue().toByteArray();
    return new ConsumerRecord<>(
        record.getTopic(),
        0,
        entries.count(),
        record.getTimestampMs(),
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  @Override
  public void close() throws IOException {
    entries.close();
  }
}
