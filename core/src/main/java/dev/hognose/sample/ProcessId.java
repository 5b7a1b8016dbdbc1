package dev.hognose.sample;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One running Python interpreter. A restart, even under the same pid, is another process.
 *
 * <p>Not a record, as its key is asked for by everything that knows something of a process, and put
 * together once.
 */
public final class ProcessId {

  private static final int LONGEST_SERVICE = 200;
  private static final int LONGEST_HOST = 255;

  /** A service may also have U+2028 in it, which ends a line elsewhere. */
  private static final Pattern KEY =
      Pattern.compile("(.+)/([^/]+)/(\\d{1,19})/(\\d{1,19})", Pattern.DOTALL);

  private final String service;
  private final String host;
  private final long pid;
  private final Instant startedAt;
  private final String key;

  /**
   * Names a process.
   *
   * @param service what its operators call the program, 1 to 200 characters without control
   *     characters
   * @param host where it runs, 1 to 255 characters without control characters and slashes
   * @param pid as that host numbers it, positive
   * @param startedAt to the millisecond
   * @throws IllegalArgumentException for anything else
   */
  public ProcessId(String service, String host, long pid, Instant startedAt) {
    Name.check("service", service, LONGEST_SERVICE);
    Name.check("host", host, LONGEST_HOST);
    if (host.indexOf('/') >= 0) {
      throw new IllegalArgumentException("host=" + host + ": expected no slash");
    }
    if (pid <= 0) {
      throw new IllegalArgumentException("pid=" + pid + ": expected a positive number");
    }
    Moment.check("started_at_ms", startedAt);
    this.service = service;
    this.host = host;
    this.pid = pid;
    this.startedAt = startedAt;
    this.key = service + "/" + host + "/" + pid + "/" + startedAt.toEpochMilli();
  }

  /**
   * Reads a {@link #key}, of every process that can be named: state is kept by it. Only a service
   * may have slashes in it.
   *
   * @throws IllegalArgumentException for what is none
   */
  public static ProcessId parse(String key) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      throw noKey(key);
    }
    return new ProcessId(
        parts.group(1),
        parts.group(2),
        number(key, parts.group(3)),
        Instant.ofEpochMilli(number(key, parts.group(4))));
  }

  private static long number(String key, String digits) {
    try {
      return Long.parseLong(digits);
    } catch (NumberFormatException tooLarge) {
      throw noKey(key);
    }
  }

  private static IllegalArgumentException noKey(String key) {
    return new IllegalArgumentException(
        "process=" + key + ": expected service/host/pid/started_at_ms");
  }

  public String service() {
    return service;
  }

  public String host() {
    return host;
  }

  public long pid() {
    return pid;
  }

  public Instant startedAt() {
    return startedAt;
  }

  /** The key of every record about this process: {@code service/host/pid/started_at_ms}. */
  public String key() {
    return key;
  }

  /** Keys tell processes apart: only a service may have slashes in it. */
  @Override
  public boolean equals(Object other) {
    return other instanceof ProcessId that
        && key.equals(that.key)
        && startedAt.equals(that.startedAt);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return key;
  }
}
