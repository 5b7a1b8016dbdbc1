package dev.hognose.wire;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * Which form a message has, a major number: of samples the value says it, of all others the header.
 */
public final class Schema {

  public static final String HEADER = "hognose-schema";
  public static final int MAJOR = 1;

  /** Forms of a sample. */
  public static final int FIRST = 1;

  public static final int NEWEST = 2;

  /** The tag of the number that a value begins with from the second form on. */
  private static final int TAG = 1 << 3;

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

  public static boolean isFirst(byte[] sample) {
    return sample.length == 0 || sample[0] != TAG;
  }

  /**
   * The form that a sample says it has; the first form says none.
   *
   * @throws MalformedRecordException for a newer or unreadable one
   */
  public static int ofSample(byte[] value) {
    if (isFirst(value)) {
      return FIRST;
    }
    // One byte, as long as there are fewer than 128.
    int major = value.length == 1 ? 0 : value[1];
    if (major != NEWEST) {
      throw new MalformedRecordException(
          "schema="
              + (major < 0 ? "128 or more" : major)
              + (major >= 0 && major < NEWEST
                  ? ": expected " + NEWEST
                  : ": expected at most " + NEWEST + ", upgrade the reader"));
    }
    return major;
  }
}
