package dev.hognose.service;

import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

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
    Set<String> threads = new HashSet<>();
    sample.loops().forEach(loop -> threads.add(thread(loop.name())));
    Duration sum = Duration.ZERO;
    for (ThreadCpu thread : sample.threadCpu()) {
      sum = threads.contains(thread.name()) ? sum.plus(thread.runQueue()) : sum;
    }
    return sum;
  }

  /** Of the thread that a loop runs in. Most names have no digits, and need no pattern. */
  private static String thread(String loop) {
    return hasDigit(loop)
        ? NUMBER.matcher(SUFFIX.matcher(loop).replaceFirst("")).replaceAll("#")
        : loop;
  }

  private static boolean hasDigit(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        return true;
      }
    }
    return false;
  }

  private static long exceptions(Sample sample) {
    long sum = 0;
    for (NamedCounter counter : sample.counters()) {
      sum += counter.name().startsWith(EXCEPTION) ? Math.max(0, counter.total()) : 0;
    }
    return sum;
  }
}
