package dev.hognose.sample;

import java.time.Duration;

/**
 * The live child processes of a process, together.
 *
 * @param rss shared pages are counted in each of them
 * @param cpu of the live ones, and of those that the process has waited for
 */
public record Children(int count, Bytes rss, Duration cpu) {

  public Children {
    if (count < 0) {
      throw new IllegalArgumentException("children=" + count + ": expected none or more");
    }
  }
}
