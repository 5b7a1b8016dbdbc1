package dev.hognose.sample;

import java.time.Instant;

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

  /** The key of every record about this process: {@code service/host/pid/started_at_ms}. */
  public String key() {
    return service + "/" + host + "/" + pid + "/" + startedAt.toEpochMilli();
  }

  @Override
  public String toString() {
    return key();
  }
}
