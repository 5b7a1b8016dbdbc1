package dev.hognose.service;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;

/**
 * What one process did in one minute.
 *
 * @param version of the service, empty when unknown
 * @param minute its beginning; what began in it and ended after it counts in it
 * @param watched how much of it the samples span
 * @param memory that only this process has, where that is known, else {@code rss}
 */
public record ProcessMinute(
    ProcessId process,
    String version,
    Instant minute,
    Duration watched,
    LoopTime loop,
    Waits waits,
    Duration cpu,
    Bytes rss,
    Bytes memory,
    long exceptions) {

  private static final Duration MINUTE = Duration.ofMinutes(1);
  private static final int LONGEST_VERSION = 200;

  /**
   * What happened between the totals and the sample.
   *
   * @param after the totals with the sample
   */
  static ProcessMinute between(Totals before, Totals after, Sample sample) {
    Duration stretch = Duration.between(before.at(), sample.at());
    LoopTime loops = LoopTime.NONE;
    for (EventLoop loop : sample.loops()) {
      if (after.hasLoop(loop.name())) {
        loops = loops.plus(before.loop(loop.name()).until(loop, stretch));
      }
    }
    return new ProcessMinute(
        sample.process(),
        Wording.legible(sample.version(), LONGEST_VERSION),
        minute(before.at()),
        stretch,
        loops,
        after.waits().since(before.waits()),
        Grown.since(after.cpu(), before.cpu()),
        sample.memory().rss(),
        sample.memory().uss().orElse(sample.memory().rss()),
        Math.max(0, after.exceptions() - before.exceptions()));
  }

  private static Instant minute(Instant at) {
    return at.minusMillis(Math.floorMod(at.toEpochMilli(), MINUTE.toMillis()));
  }

  /** With what came after it in the same minute. */
  ProcessMinute and(ProcessMinute later) {
    return new ProcessMinute(
        process,
        later.version,
        minute,
        watched.plus(later.watched),
        loop.plus(later.loop),
        waits.plus(later.waits),
        cpu.plus(later.cpu),
        later.rss,
        later.memory,
        exceptions + later.exceptions);
  }

  /** When it ends, or later where the samples are further apart. */
  public Instant until() {
    Instant watchedUntil = minute.plus(watched);
    Instant end = minute.plus(MINUTE);
    return watchedUntil.isAfter(end) ? watchedUntil : end;
  }
}
