package dev.hognose.service;

import dev.hognose.fixture.ContainerBuilder;
import dev.hognose.fixture.MemoryBuilder;
import dev.hognose.fixture.SampleBuilder;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Cpu;
import dev.hognose.sample.EventLoop;
import dev.hognose.sample.GarbageCollector;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.NamedCounter;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.ThreadCpu;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A process with one event loop, as its samples tell it; times are seconds. */
public final class Readings {

  public static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final int BEATS_A_SECOND = 10;

  private final ProcessId process;
  private Instant at = T0;
  private long sequence;
  private Histogram lag = Histogram.EMPTY;
  private double blocked;
  private double gil;
  private double gc;
  private double runQueue;
  private double throttled;
  private double cpu;
  private long exceptions;
  private String version = "1.4.2";

  public Readings(int number) {
    process = new ProcessId("orders", "web-1", 100 + number, T0.minusSeconds(60));
  }

  public ProcessId process() {
    return process;
  }

  public Readings version(String other) {
    version = other;
    return this;
  }

  /** Time passes, every callback runs so late. */
  public Readings pass(double seconds, double late) {
    at = at.plusMillis(Math.round(seconds * 1000));
    long beats = Math.round(seconds * BEATS_A_SECOND);
    return beats(beats, late);
  }

  private Readings beats(long beats, double late) {
    double[] bounds = Histogram.bounds();
    int bucket = 0;
    while (bucket < bounds.length && late > bounds[bucket]) {
      bucket++;
    }
    long[] counts = new long[Histogram.buckets()];
    counts[bucket] = beats;
    lag = lag.plus(Histogram.of(counts, beats * late));
    return this;
  }

  /** Time passes in a block that lasts. */
  public Readings block(double seconds) {
    at = at.plusMillis(Math.round(seconds * 1000));
    blocked += seconds;
    return this;
  }

  /** A block ends that lasted so long: the beat that it kept waiting comes. */
  public Readings ended(double seconds) {
    return beats(1, seconds - 0.05);
  }

  public Readings gil(double seconds) {
    gil += seconds;
    return this;
  }

  public Readings gc(double seconds) {
    gc += seconds;
    return this;
  }

  public Readings runQueue(double seconds) {
    runQueue += seconds;
    return this;
  }

  public Readings throttled(double seconds) {
    throttled += seconds;
    return this;
  }

  public Readings cpu(double seconds) {
    cpu += seconds;
    return this;
  }

  public Readings exceptions(long more) {
    exceptions += more;
    return this;
  }

  /** What it says at this moment. */
  public Sample sample() {
    return sample(Bytes.ofMebi(100));
  }

  public Sample sample(Bytes rss) {
    return SampleBuilder.of(process, ++sequence, at)
        .version(version)
        .cpu(new Cpu(duration(cpu), Duration.ZERO))
        .memory(MemoryBuilder.of(rss).build())
        .container(ContainerBuilder.unlimited().throttled(duration(throttled)).build())
        .gc(
            new GarbageCollector(
                List.of(), Histogram.of(new long[] {1}, gc), 0, 0, GarbageCollector.Mode.UNKNOWN))
        .loops(
            List.of(new EventLoop("MainThread", "asyncio", lag, duration(blocked), 3, List.of())))
        .gilWait(Histogram.of(new long[] {1}, gil))
        .threadCpu(
            List.of(
                new ThreadCpu("MainThread", duration(cpu), duration(runQueue)),
                new ThreadCpu("worker-#", Duration.ZERO, Duration.ofDays(1))))
        .counters(
            List.of(
                new NamedCounter("exception/KeyError", "views.py:3", exceptions),
                new NamedCounter("warning/UserWarning", "views.py:4", 77)))
        .build();
  }

  private static Duration duration(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
