package dev.hognose.streams;

import dev.hognose.diagnosis.Figure;
import dev.hognose.diagnosis.Group;
import dev.hognose.diagnosis.Named;
import dev.hognose.diagnosis.Names;
import dev.hognose.diagnosis.Reading;
import dev.hognose.leak.Footprint;
import dev.hognose.leak.Growth;
import dev.hognose.leak.Heard;
import dev.hognose.leak.LeakDetector;
import dev.hognose.leak.LeakLife;
import dev.hognose.leak.LeakPolicy;
import dev.hognose.leak.LeakState;
import dev.hognose.leak.MemoryReading;
import dev.hognose.leak.OpenLeak;
import dev.hognose.leak.ServiceWord;
import dev.hognose.leak.Stand;
import dev.hognose.leak.ToldTrend;
import dev.hognose.leak.Trend;
import dev.hognose.limit.Forecast;
import dev.hognose.limit.Killed;
import dev.hognose.limit.LimitLife;
import dev.hognose.limit.LimitUse;
import dev.hognose.limit.OpenForecast;
import dev.hognose.limit.UseFloor;
import dev.hognose.limit.UseFloors;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.Histogram;
import dev.hognose.sample.ProcessId;
import dev.hognose.service.LoopTime;
import dev.hognose.service.LoopTotals;
import dev.hognose.service.ProcessFigures;
import dev.hognose.service.ProcessMinute;
import dev.hognose.service.Totals;
import dev.hognose.service.Waits;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What can be known of a process, a number of its own in each place: another one, or another order,
 * is seen.
 */
final class ProcessExamples {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00.250Z");
  static final ProcessId PROCESS = new ProcessId("orders", "web-1", 7, T0);

  private ProcessExamples() {}

  /** Whatever can be there is, a number of its own in each place. */
  static LeakLife leak() {
    Optional<Bytes> limit = Optional.of(new Bytes(3));
    return new LeakLife(
        PROCESS,
        life(),
        Optional.of(new Heard(T0, T0.plusSeconds(1), "1.4.2", new Bytes(2), limit)),
        Optional.of(T0.plusSeconds(4)),
        true,
        Optional.of(
            new OpenLeak(
                T0.plusSeconds(5),
                "1.4.1",
                true,
                new OpenLeak.Told(
                    T0.plusSeconds(6),
                    growth(),
                    new ServiceWord.Sharing(7, 8, "1.4.0", true),
                    new Footprint(new Bytes(9), Optional.empty())))),
        Optional.of(
            new ToldTrend(
                Trend.Verdict.LEAKING,
                Optional.of(Trend.Where.FRAGMENTATION),
                new GrowthRate(10),
                OptionalDouble.of(11),
                12)),
        Optional.empty());
  }

  /** Likewise. */
  static LimitLife limit() {
    LimitUse use =
        new LimitUse(
            T0,
            T0.plusSeconds(1),
            "1.4.2",
            new Bytes(2),
            Optional.of(new Bytes(3)),
            Optional.of(new Bytes(4)),
            OptionalLong.of(5));
    return new LimitLife(
        PROCESS,
        new UseFloors(
            List.of(new UseFloor(7, 8, 9, 20), new UseFloor(8, 10, 12, 30)),
            13,
            OptionalLong.of(14)),
        Optional.of(use),
        Optional.of(T0.plusSeconds(15)),
        true,
        Optional.of(new OpenForecast(T0, "1.4.1", forecast(16), forecast(20))),
        Optional.of(new Killed(T0, Killed.Seen.COUNTED, 24, use, Optional.of(forecast(25)))));
  }

  private static Forecast forecast(int first) {
    return new Forecast(
        Forecast.Whose.CONTAINER,
        new Bytes(first),
        new Bytes(first + 1),
        new GrowthRate(first + 2),
        Duration.ofMillis(first + 3));
  }

  /** Two days of floors that rise, with holes. */
  static LeakState life() {
    LeakDetector detector = new LeakDetector(LeakPolicy.BALANCED);
    LeakState state = LeakState.initial();
    for (int n = 0; n < 1440; n++) {
      long atMs = T0.plusSeconds(120L * (n + n / 100)).toEpochMilli();
      long bytes = (100L << 20) + (n * 7919L % 512 + n * 64L) * 1024;
      MemoryReading reading = MemoryReading.of(atMs, bytes).withBlocks(bytes / 128);
      state = detector.next(state, reading.withKept(1 << 20)).state();
    }
    return state;
  }

  /** A number of its own in every figure and group: another one, or another order, is seen. */
  static Reading reading() {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    for (Figure figure : Figure.values()) {
      figures.put(figure, 1.5 + figures.size());
    }
    Map<Group, Named> groups = new EnumMap<>(Group.class);
    for (Group group : Group.values()) {
      groups.put(group, new Named(names(), new double[] {groups.size(), 0.25}));
    }
    return Reading.of(T0, 42, figures, groups);
  }

  /** A number of its own in each place. */
  static ProcessFigures figures() {
    Histogram lag = Histogram.of(new long[] {0, 500, 20, 0, 9}, 12.25);
    LoopTotals loop = new LoopTotals("MainThread", lag, Duration.ofNanos(6), Duration.ofNanos(7));
    ProcessMinute open =
        new ProcessMinute(
            PROCESS,
            "1.4.2",
            T0.minusMillis(250),
            Duration.ofNanos(8),
            new LoopTime(
                Duration.ofNanos(9),
                lag,
                Duration.ofNanos(10),
                Duration.ofNanos(11),
                Duration.ofNanos(12)),
            waits(13),
            Duration.ofNanos(17),
            new Bytes(18),
            new Bytes(19),
            20);
    Totals totals = new Totals(T0, Duration.ofNanos(1), waits(2), 21, List.of(loop));
    return new ProcessFigures(totals, Optional.of(open));
  }

  private static Waits waits(int first) {
    return new Waits(
        Duration.ofNanos(first),
        Duration.ofNanos(first + 1),
        Duration.ofNanos(first + 2),
        Duration.ofNanos(first + 3));
  }

  static Names names() {
    return Names.of(List.of("MainThread", "worker-#"));
  }

  static ServiceWord word() {
    return new ServiceWord(
        "web-1/4242",
        T0.toEpochMilli(),
        T0,
        Optional.of(growth()),
        true,
        new Stand(Stand.Kind.NONE, 0, 0),
        new ServiceWord.Sharing(3, 5, "1.4.0", true),
        Optional.empty(),
        new Footprint(Bytes.ofMebi(7), Optional.of(Bytes.ofMebi(8))));
  }

  private static Growth growth() {
    return new Growth(
        Trend.Where.NATIVE,
        new GrowthRate(7.5e9),
        new Trend.SlopeInterval(new GrowthRate(7e9), new GrowthRate(8e9)),
        T0,
        OptionalDouble.of(1.4),
        0.93);
  }
}
