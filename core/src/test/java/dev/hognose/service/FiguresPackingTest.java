package dev.hognose.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.fixture.Cut;
import dev.hognose.packed.Packer;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store has of a process is what was known of it, or it is refused. */
class FiguresPackingTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00.250Z");
  private static final ProcessId PROCESS = new ProcessId("orders", "web-1", 7, T0);
  private static final Histogram SOME = Histogram.of(new long[] {0, 500, 20, 0, 0, 0, 9}, 12.25);
  private static final Histogram FULL = Histogram.of(most(), Double.MAX_VALUE);
  private static final Duration LONGEST = Duration.ofNanos(Long.MAX_VALUE);
  private static final Duration NONE = Duration.ZERO;

  private static long[] most() {
    long[] most = new long[Histogram.buckets()];
    Arrays.fill(most, Long.MAX_VALUE);
    return most;
  }

  static Stream<ProcessFigures> figures() {
    return Stream.of(
        new ProcessFigures(totals(List.of()), Optional.empty()),
        new ProcessFigures(totals(List.of(loop("MainThread", SOME, NONE))), Optional.empty()),
        new ProcessFigures(
            totals(List.of(loop("MainThread", SOME, Duration.ofNanos(1)))),
            Optional.of(minute("1.4.2", SOME, Duration.ofMillis(500)))),
        new ProcessFigures(
            totals(List.of(loop("", Histogram.EMPTY, NONE))),
            Optional.of(minute("", Histogram.EMPTY, NONE))),
        new ProcessFigures(
            totals(manyLoops()), Optional.of(minute("\uFFFF".repeat(200), FULL, LONGEST))));
  }

  /** As many as there may be, with names in which each character takes the most bytes. */
  private static List<LoopTotals> manyLoops() {
    return IntStream.range(0, Totals.MOST_LOOPS)
        .mapToObj(i -> loop((char) ('\uE000' + i) + "\uFFFF".repeat(300), FULL, LONGEST))
        .toList();
  }

  private static LoopTotals loop(String name, Histogram lag, Duration owed) {
    return new LoopTotals(name, lag, owed.dividedBy(2), owed);
  }

  private static Totals totals(List<LoopTotals> loops) {
    return new Totals(T0, LONGEST, new Waits(NONE, Duration.ofNanos(1), LONGEST, NONE), -1, loops);
  }

  private static ProcessMinute minute(String version, Histogram lag, Duration late) {
    return new ProcessMinute(
        PROCESS,
        version,
        T0.minusMillis(250),
        Duration.ofSeconds(60),
        new LoopTime(Duration.ofSeconds(60), lag, late, late, NONE),
        new Waits(late, NONE, late, NONE),
        late,
        new Bytes(Long.MAX_VALUE),
        Bytes.ZERO,
        Long.MAX_VALUE);
  }

  @ParameterizedTest
  @MethodSource("figures")
  void figuresSurvive(ProcessFigures figures) {
    ByteBuffer in = ByteBuffer.wrap(packed(figures));

    assertThat(ProcessFigures.unpack(PROCESS, in)).isEqualTo(figures);
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("figures")
  void figuresThatWereCutAreRefused(ProcessFigures figures) {
    Cut.isRefused(packed(figures), cut -> ProcessFigures.unpack(PROCESS, cut));
  }

  private static byte[] packed(ProcessFigures figures) {
    Packer out = new Packer();
    figures.pack(out);
    return out.bytes();
  }

  /** Sums over many threads may be; what is longer than 292 years is told as that. */
  @Test
  void timesThatAreTooLongAreTheLongest() {
    Waits waits = new Waits(LONGEST.plusNanos(1), NONE, Duration.ofSeconds(Long.MAX_VALUE), NONE);
    Totals totals = new Totals(T0, NONE, waits, 0, List.of());
    byte[] packed = packed(new ProcessFigures(totals, Optional.empty()));
    ProcessFigures kept = ProcessFigures.unpack(PROCESS, ByteBuffer.wrap(packed));

    assertThat(kept.totals().waits()).isEqualTo(new Waits(LONGEST, NONE, LONGEST, NONE));
  }
}
