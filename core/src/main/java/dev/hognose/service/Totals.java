package dev.hognose.service;

import dev.hognose.sample.EventLoop;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a process has counted since it started, as its last sample said.
 *
 * @param loops in the order of their names, at most {@value #MOST_LOOPS}
 */
public record Totals(
    Instant at, Duration cpu, Waits waits, long exceptions, List<LoopTotals> loops) {

  static final int MOST_LOOPS = 16;
  private static final String EXCEPTION = "exception/";

  /** Of the second and further loops of one thread. */
  private static final Pattern SUFFIX = Pattern.compile("#\\d+$");

  /** As the agent tells threads: those of a pool have one name. */
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  public Totals {
    loops = List.copyOf(loops);
  }

  static Totals first(Sample sample) {
    return of(sample, List.of());
  }

  Totals next(Sample sample) {
    return of(sample, loops);
  }

  private static Totals of(Sample sample, List<LoopTotals> before) {
    List<LoopTotals> loops = new ArrayList<>(sample.loops().size());
    for (EventLoop loop : sample.loops()) {
      int known = place(before, loop.name());
      LoopTotals totals = known < 0 ? LoopTotals.none(loop.name()) : before.get(known);
      put(loops, totals.next(loop));
    }
    return new Totals(sample.at(), sample.cpu().total(), waits(sample), exceptions(sample), loops);
  }

  private static void put(List<LoopTotals> loops, LoopTotals totals) {
    int place = place(loops, totals.name());
    if (place >= 0) {
      loops.set(place, totals);
      return;
    }
    loops.add(-place - 1, totals);
    if (loops.size() > MOST_LOOPS) {
      loops.remove(MOST_LOOPS);
    }
  }

  /** Of the loop in the list, or where it would be, as a binary search tells it: most have one. */
  private static int place(List<LoopTotals> loops, String name) {
    for (int i = 0; i < loops.size(); i++) {
      int order = loops.get(i).name().compareTo(name);
      if (order >= 0) {
        return order == 0 ? i : -i - 1;
      }
    }
    return -loops.size() - 1;
  }

  boolean hasLoop(String name) {
    return place(loops, name) >= 0;
  }

  /** What it has counted; nothing when it was not there. */
  LoopTotals loop(String name) {
    int place = place(loops, name);
    return place < 0 ? LoopTotals.none(name) : loops.get(place);
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
    Duration sum = Duration.ZERO;
    for (ThreadCpu thread : sample.threadCpu()) {
      sum = runsALoop(thread, sample) ? sum.plus(thread.runQueue()) : sum;
    }
    return sum;
  }

  private static boolean runsALoop(ThreadCpu thread, Sample sample) {
    for (EventLoop loop : sample.loops()) {
      if (thread(loop.name()).equals(thread.name())) {
        return true;
      }
    }
    return false;
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
