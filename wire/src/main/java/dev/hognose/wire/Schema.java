package dev.hognose.wire;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** The header that tells a message's major version. */
public final class Schema {

  public static final String HEADER = "hognose-schema";
  public static final int MAJOR = 1;
  private static final byte[] WRITTEN = Integer.toString(MAJOR).getBytes(StandardCharsets.US_ASCII);

  private Schema() {}

  public static byte[] header() {
    return WRITTEN.clone();
  }

  /**
   * Accepts records without the header and those of our major version or an older one.
   *
   * @throws MalformedRecordException for a newer or unreadable version
   */
  public static void check(Headers headers) {
    Header header = headers.lastHeader(HEADER);
    if (header == null || header.value() == null) {
      return;
    }
    String written = new String(header.value(), StandardCharsets.UTF_8);
    int major;
    try {
      major = Integer.parseInt(written);
    } catch (NumberFormatException unreadable) {
      throw new MalformedRecordException(
          HEADER + "=" + written + ": expected a number", unreadable);
    }
    if (major > MAJOR) {
      throw new MalformedRecordException(
          HEADER + "=" + major + ": expected at most " + MAJOR + ", upgrade the reader");
    }
  }
}
