package dev.hognose.sample;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One running Python interpreter. A restart, even under the same pid, is another process.
 *
 * @param service what its operators call the program, 1 to 200 characters without control
 *     characters
 * @param host where it runs, 1 to 255 characters without control characters and slashes
 * @param pid as that host numbers it, positive
 * @param startedAt to the millisecond
 */
public record ProcessId(String service, String host, long pid, Instant startedAt) {

  private static final int LONGEST_SERVICE = 200;
  private static final int LONGEST_HOST = 255;
  private static final Pattern KEY = Pattern.compile("(.+)/([^/]+)/(\\d{1,18})/(\\d{1,18})");

  public ProcessId {
    Name.check("service", service, LONGEST_SERVICE);
    Name.check("host", host, LONGEST_HOST);
    if (host.indexOf('/') >= 0) {
      throw new IllegalArgumentException("host=" + host + ": expected no slash");
    }
    if (pid <= 0) {
      throw new IllegalArgumentException("pid=" + pid + ": expected a positive number");
    }
    Moment.check("started_at_ms", startedAt);
  }

  /**
   * Reads a {@link #key}. Only a service may have slashes in it.
   *
   * @throws IllegalArgumentException for what is none
   */
  public static ProcessId parse(String key) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      throw new IllegalArgumentException(
          "process=" + key + ": expected service/host/pid/started_at_ms");
    }
    return new ProcessId(
        parts.group(1),
        parts.group(2),
        Long.parseLong(parts.group(3)),
        Instant.ofEpochMilli(Long.parseLong(parts.group(4))));
  }

  /** The key of every record about this process: {@code service/host/pid/started_at_ms}. */
  public String key() {
    return service + "/" + host + "/" + pid + "/" + startedAt.toEpochMilli();
  }

  @Override
  public String toString() {
    return key();
  }
}
