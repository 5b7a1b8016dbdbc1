package dev.hognose.wire.capture;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.hognose.v1.CaptureEntry;
import dev.hognose.wire.MalformedRecordException;
import dev.hognose.wire.Schema;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/** The entries of a capture, one by one, as bytes and as messages. */
final class CaptureEntries implements AutoCloseable {

  static final byte[] MAGIC = "hognose-capture 1\n".getBytes(StandardCharsets.US_ASCII);
  static final int LARGEST_ENTRY = 256 << 20;

  private final String name;
  private final InputStream in;
  private long count;
  private boolean cutOff;

  private CaptureEntries(String name, InputStream in) {
    this.name = name;
    this.in = in;
  }

  /**
   * Opens a file before its first entry.
   *
   * @throws MalformedRecordException when it is no capture of this version
   */
  static CaptureEntries open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      byte[] start = in.readNBytes(MAGIC.length);
      if (!Arrays.equals(start, MAGIC)) {
        throw new MalformedRecordException(
            file + ": expected a file that begins with \"hognose-capture 1\"");
      }
      return new CaptureEntries(file.toString(), in);
    } catch (IOException | MalformedRecordException refused) {
      in.close();
      throw refused;
    }
  }

  /**
   * The bytes of the next entry; nothing at the end, or where the file was cut off.
   *
   * @throws MalformedRecordException when this is no entry
   */
  Optional<byte[]> next() throws IOException {
    int first = in.read();
    if (first < 0) {
      return Optional.empty();
    }
    count++;
    long length = first & 0x7F;
    for (int shift = 7, next = first; (next & 0x80) != 0; shift += 7) {
      next = in.read();
      if (next < 0) {
        return cut();
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
    return entry.length < length ? cut() : Optional.of(entry);
  }

  private Optional<byte[]> cut() {
    cutOff = true;
    return Optional.empty();
  }

  /** Whether the file ended within an entry. */
  boolean isCutOff() {
    return cutOff;
  }

  /**
   * What an entry says.
   *
   * @throws MalformedRecordException when it says nothing, or is of a newer version
   */
  CaptureEntry parse(byte[] bytes) {
    CaptureEntry entry;
    try {
      entry = CaptureEntry.parseFrom(bytes);
    } catch (InvalidProtocolBufferException altered) {
      throw new MalformedRecordException(place() + ": no capture entry", altered);
    }
    if (entry.hasHeader() && entry.getHeader().getSchema() > Schema.NEWEST) {
      throw new MalformedRecordException(
          place()
              + ": schema "
              + entry.getHeader().getSchema()
              + ": expected at most "
              + Schema.NEWEST);
    }
    return entry;
  }

  long count() {
    return count;
  }

  /** Of the entry that was read last, for people. */
  String place() {
    return name + ", entry " + count;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
