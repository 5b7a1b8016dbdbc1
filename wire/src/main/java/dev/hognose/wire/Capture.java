package dev.hognose.wire;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hognose.v1.CaptureEntry;
import dev.hognose.v1.CaptureRecord;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Reads a capture, record by record; the format is in capture.proto. */
public final class Capture implements AutoCloseable {

  private static final byte[] MAGIC = "hognose-capture 1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int LARGEST_ENTRY = 16 << 20;

  private final String name;
  private final InputStream in;
  private long entries;

  private Capture(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /**
   * Opens a file.
   *
   * @throws MalformedRecordException when it is no capture of this version
   */
  public static Capture open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      byte[] start = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(start, MAGIC)) {
        throw new MalformedRecordException(
            file + ": expected a file that begins with \"hognose-capture 1\"");
      }
      return new Capture(file.toString(), in);
    } catch (IOException | MalformedRecordException refused) {
      in.close();
      throw refused;
    }
  }

  /**
   * The next record as a consumer would get it, or nothing at the end; its offset is the entry's
   * number.
   *
   * @throws MalformedRecordException when the file was cut off or altered here
   */
  public Optional<ConsumerRecord<byte[], byte[]>> next() throws IOException {
    while (true) {
      Optional<byte[]> bytes = nextEntry();
      if (bytes.isEmpty()) {
        return Optional.empty();
      }
      CaptureEntry entry = parse(bytes.get());
      if (entry.hasHeader() && entry.getHeader().getSchema() > Schema.MAJOR) {
        throw new MalformedRecordException(
            place() + ": schema " + entry.getHeader().getSchema() + ": expected " + Schema.MAJOR);
      }
      if (entry.hasRecord()) {
        return Optional.of(asConsumed(entry.getRecord()));
      }
    }
  }

  private ConsumerRecord<byte[], byte[]> asConsumed(CaptureRecord record) {
    byte[] key = record.getKey().toByteArray();
    byte[] value = record.getValue().toByteArray();
    return new ConsumerRecord<>(
        record.getTopic(),
        0,
        entries,
        record.getTimestampMs(),
        TimestampType.CREATE_TIME,
        key.length,
        value.length,
        key,
        value,
        new RecordHeaders(),
        Optional.empty());
  }

  private CaptureEntry parse(byte[] bytes) {
    try {
      return CaptureEntry.parseFrom(bytes);
    } catch (InvalidProtocolBufferException altered) {
      throw new MalformedRecordException(place() + ": no capture entry", altered);
    }
  }

  private Optional<byte[]> nextEntry() throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    entries++;
    long length = first & 0x7F;
    for (int shift = 7, next = first; (next & 0x80) != 0; shift += 7) {
      next = in.read();
      if (next < 0) {
        throw cutOff();
      }
      if (shift > 28) {
        throw new MalformedRecordException(place() + ": no length");
      }
      length |= (long) (next & 0x7F) << shift;
    }
    if (length > LARGEST_ENTRY) {
      throw new MalformedRecordException(
          place() + ": " + length + " bytes: expected at most " + LARGEST_ENTRY);
    }
    byte[] entry = in.readNBytes((int) length);
    if (entry.length < length) {
      throw cutOff();
    }
    return Optional.of(entry);
  }

  private MalformedRecordException cutOff() {
    return new MalformedRecordException(
        place() + ": the file was cut off here", new EOFException());
  }

  private String place() {
    return name + ", entry " + entries;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
