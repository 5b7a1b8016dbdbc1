package dev.hognose.wire.capture;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.hognose.v1.CaptureEntry;
import dev.hognose.wire.MalformedRecordException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Optional;

/** The checksum at the end of a capture that was written whole. */
final class CaptureSeal {

  private final MessageDigest sum;

  CaptureSeal() {
    try {
      sum = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError("every JDK has SHA-256", impossible);
    }
    sum.update(CaptureEntries.MAGIC);
  }

  /** Takes the next entry and gives it as it stands in the file. */
  byte[] delimited(byte[] entry) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(entry.length + 5);
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.writeByteArrayNoTag(entry);
    out.flush();
    byte[] delimited = bytes.toByteArray();
    sum.update(delimited);
    return delimited;
  }

  byte[] sum() {
    return sum.digest();
  }

  /**
   * Reads a capture through and returns what window it is of, if it was written whole.
   *
   * @throws MalformedRecordException when it should be whole and is not
   */
  static Optional<CaptureWindow> check(Path file) throws IOException {
    try (CaptureEntries entries = CaptureEntries.open(file)) {
      Optional<byte[]> first = first(entries);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      CaptureEntry header = entries.parse(first.get());
      new CaptureSeal().check(file, first.get(), entries);
      return Optional.of(window(entries, header));
    }
  }

  /**
   * The header of a window, if that is what the file begins with; the reader tells what it is else.
   */
  private static Optional<byte[]> first(CaptureEntries entries) throws IOException {
    try {
      return entries.next().filter(CaptureSeal::hasWindow);
    } catch (MalformedRecordException unreadable) {
      return Optional.empty();
    }
  }

  private static boolean hasWindow(byte[] entry) {
    try {
      return CaptureEntry.parseFrom(entry).getHeader().hasWindow();
    } catch (InvalidProtocolBufferException unreadable) {
      return false;
    }
  }

  private static CaptureWindow window(CaptureEntries entries, CaptureEntry header) {
    try {
      return CaptureWindow.read(header.getHeader().getWindow());
    } catch (IllegalArgumentException impossible) {
      throw new MalformedRecordException(
          entries.place() + ": " + impossible.getMessage(), impossible);
    }
  }

  private void check(Path file, byte[] first, CaptureEntries entries) throws IOException {
    Optional<byte[]> next = Optional.of(first);
    while (next.isPresent() && !isEnd(next.get())) {
      delimited(next.get());
      next = entries.next();
    }
    if (next.isEmpty()) {
      throw new MalformedRecordException(
          file + ": the file was cut off after " + entries.count() + " entries, expected its end");
    }
    CaptureEntry end = entries.parse(next.get());
    if (!Arrays.equals(end.getEnd().getSha256().toByteArray(), sum())
        || entries.next().isPresent()
        || entries.isCutOff()) {
      throw new MalformedRecordException(
          file + ": the file was altered, its checksum is not that of its contents");
    }
  }

  private static boolean isEnd(byte[] entry) {
    return entry.length > 0 && entry[0] == (CaptureEntry.END_FIELD_NUMBER << 3 | 2);
  }
}
