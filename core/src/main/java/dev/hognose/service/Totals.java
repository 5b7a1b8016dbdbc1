package dev.hognose.service;

import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What a process has counted since it started, as its last sample said.
 *
 * @param loops by name, at most {@value #MOST_LOOPS}
 */
public record Totals(
    Instant at, Duration cpu, Waits waits, long exceptions, SortedMap<String, LoopTotals> loops) {

  private static final int MOST_LOOPS = 16;
  private static final String EXCEPTION = "exception/";

  /** Of the second and further loops of one thread. */
  private static final Pattern SUFFIX = Pattern.compile("#\\d+$");

  /** As the agent tells threads: those of a pool have one name. */
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  public Totals {
    loops = Collections.unmodifiableSortedMap(new TreeMap<>(loops));
  }

  static Totals first(Sample sample) {
    return of(sample, new TreeMap<>());
  }

  Totals next(Sample sample) {
    return of(sample, loops);
  }

  private static Totals of(Sample sample, SortedMap<String, LoopTotals> before) {
    SortedMap<String, LoopTotals> loops = new TreeMap<>();
    for (EventLoop loop : sample.loops()) {
      LoopTotals known = before.getOrDefault(loop.name(), LoopTotals.NONE);
      loops.put(loop.name(), known.next(loop));
      if (loops.size() > MOST_LOOPS) {
        loops.remove(loops.lastKey());
      }
    }
    return new Totals(sample.at(), sample.cpu().total(), waits(sample), exceptions(sample), loops);
  }

  private static Waits waits(Sample sample) {
    return new Waits(
        sum(sample.gilWait()),
        sum(sample.gc().pause()),
        runQueue(sample),
        sample.container().throttled().orElse(Duration.ZERO));
  }

  private static Duration sum(Histogram histogram) {
    return Duration.ofNanos(Math.round(histogram.sumSeconds() * 1e9));
  }

  private static Duration runQueue(Sample sample) {
    Set<String> threads =
        sample.loops().stream()
            .map(loop -> SUFFIX.matcher(loop.name()).replaceFirst(""))
            .map(name -> NUMBER.matcher(name).replaceAll("#"))
            .collect(Collectors.toSet());
    return sample.threadCpu().stream()
        .filter(thread -> threads.contains(thread.name()))
        .map(thread -> thread.runQueue())
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static long exceptions(Sample sample) {
    return sample.counters().stream()
        .filter(counter -> counter.name().startsWith(EXCEPTION))
        .mapToLong(counter -> Math.max(0, counter.total()))
        .sum();
  }
}
