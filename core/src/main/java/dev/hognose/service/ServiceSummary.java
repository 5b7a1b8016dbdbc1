package dev.hognose.service;

import dev.hognose.sample.Bytes;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What the processes of a service did in one minute, together. Everything in it is a sum, or the
 * first of an order, so that it is the same in whatever order processes are read.
 *
 * @param processes how many told figures of the minute
 * @param watched over all of them
 * @param memory the sum of what only each has, where that is known
 * @param releases how many processes run which version, at most {@value #MOST_RELEASES}; empty is
 *     unknown
 * @param worst those that lost most loop time, at most {@value #MOST_WORST}; none that lost nothing
 */
public record ServiceSummary(
    String service,
    Instant minute,
    int processes,
    Duration watched,
    LoopTime loop,
    Waits waits,
    Duration cpu,
    Bytes rss,
    Bytes memory,
    long exceptions,
    SortedMap<String, Integer> releases,
    List<WorstProcess> worst) {

  private static final int MOST_RELEASES = 20;
  private static final int MOST_WORST = 5;

  public ServiceSummary {
    releases = Collections.unmodifiableSortedMap(new TreeMap<>(releases));
    worst = List.copyOf(worst);
  }

  public static ServiceSummary of(ProcessMinute only) {
    return new ServiceSummary(
        only.process().service(),
        only.minute(),
        1,
        only.watched(),
        only.loop(),
        only.waits(),
        only.cpu(),
        only.rss(),
        only.memory(),
        only.exceptions(),
        new TreeMap<>(Map.of(only.version(), 1)),
        only.loop().lost().isZero() ? List.of() : List.of(WorstProcess.of(only)));
  }

  /** With one process more. */
  public ServiceSummary and(ProcessMinute more) {
    ServiceSummary other = of(more);
    return new ServiceSummary(
        service,
        minute,
        processes + 1,
        watched.plus(other.watched),
        loop.plus(other.loop),
        waits.plus(other.waits),
        cpu.plus(other.cpu),
        sum(rss, other.rss),
        sum(memory, other.memory),
        exceptions + other.exceptions,
        merged(releases, more.version()),
        Stream.concat(worst.stream(), other.worst.stream()).sorted().limit(MOST_WORST).toList());
  }

  /** The share of the loops' time in blocks. */
  public double blockedShare() {
    return loop.watched().isZero()
        ? 0
        : loop.blocked().toNanos() / (double) loop.watched().toNanos();
  }

  private static SortedMap<String, Integer> merged(
      SortedMap<String, Integer> releases, String version) {
    SortedMap<String, Integer> all = new TreeMap<>(releases);
    all.merge(version, 1, Integer::sum);
    if (all.size() > MOST_RELEASES) {
      all.remove(all.lastKey());
    }
    return all;
  }

  private static Bytes sum(Bytes one, Bytes other) {
    long sum = one.count() + other.count();
    return new Bytes(sum < 0 ? Long.MAX_VALUE : sum);
  }
}
