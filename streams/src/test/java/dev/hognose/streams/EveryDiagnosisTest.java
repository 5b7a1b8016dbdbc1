package dev.hognose.streams;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.ProcessId;
import dev.hognose.v1.Event;
import dev.hognose.v1.Process;
import dev.hognose.v1.Sample;
import dev.hognose.v1.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every diagnosis through the whole topology, each in a service of its own: what is told in the end
 * is the same bytes after doubles, records that come late within their window, restarts, and a
 * second run.
 */
class EveryDiagnosisTest {

  private static final int SECONDS = 90;
  private static final Duration QUIET = Duration.ofMinutes(70);

  /**
   * One life each: its records and its end. Something is said of every illness after the last
   * restart, as a test's streams have set their timers before they get the state of others.
   */
  private static final List<Arrival> FLEET = fleet();

  private static Map<String, Alert> told = Map.of();
  private static Map<String, String> bytes = Map.of();

  /**
   * A record on its way.
   *
   * @param process whose records keep their order where its clock is wrong
   */
  private record Arrival(double atMs, ProcessId process, Sample sample, Event event) {

    void pipe(Pipeline pipeline) {
      byte[] key = Pipeline.key(process.key());
      if (event.hasProcess()) {
        pipeline.pipeEvent(key, event.toByteArray(), Instant.ofEpochMilli(event.getAtMs()));
      } else {
        pipeline.pipeSample(key, sample.toByteArray(), Instant.ofEpochMilli(sample.getAtMs()));
      }
    }

    Arrival later(double ms) {
      return new Arrival(atMs + ms, process, sample, event);
    }
  }

  @BeforeAll
  static void livesOnce() {
    try (Pipeline pipeline = new Pipeline()) {
      told = lived(pipeline, FLEET);
      bytes = AlertBytes.of(told);
    }
  }

  @Test
  void eachServiceHasItsIllnessAndNoOther() {
    Map<String, Set<Alert.Kind>> kinds = new TreeMap<>();
    told.values()
        .forEach(
            alert ->
                kinds.computeIfAbsent(alert.service(), name -> new TreeSet<>()).add(alert.kind()));
    Map<String, Set<Alert.Kind>> expected = new TreeMap<>();
    Illness.all().forEach(each -> expected.put(service(each.kind()), Set.of(each.kind())));
    for (Alert.Kind kind :
        List.of(Alert.Kind.CRASH_LOOP, Alert.Kind.SILENT_PROCESS, Alert.Kind.CLOCK_SKEW)) {
      expected.put(service(kind), Set.of(kind));
    }

    assertThat(kinds).isEqualTo(expected);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2})
  void doublesAndLateRecordsChangeNothing(long seed) {
    try (Pipeline pipeline = new Pipeline()) {
      isAsEver(pipeline, disordered(new Random(seed)));
    }
  }

  @ParameterizedTest(name = "after {0} records")
  @ValueSource(ints = {1_234, 2_000})
  void aRestartInBetweenChangesNothing(int after) {
    try (Pipeline before = new Pipeline()) {
      FLEET.subList(0, after).forEach(each -> each.pipe(before));
      try (Pipeline restarted = before.restarted()) {
        isAsEver(restarted, FLEET.subList(after - 40, FLEET.size()));
      }
    }
  }

  @Test
  void aSecondRunTellsTheSame() {
    try (Pipeline pipeline = new Pipeline()) {
      isAsEver(pipeline, FLEET);
    }
  }

  private static Map<String, Alert> lived(Pipeline pipeline, List<Arrival> arrivals) {
    arrivals.forEach(each -> each.pipe(pipeline));
    pipeline.advance(QUIET);
    return pipeline.told();
  }

  private static void isAsEver(Pipeline pipeline, List<Arrival> arrivals) {
    Map<String, Alert> now = lived(pipeline, arrivals);
    Set<Alert> others = new LinkedHashSet<>(now.values());
    others.removeAll(told.values());

    // Alerts first: a reader of the failure sees what differs.
    assertThat(others).isEmpty();
    assertThat(AlertBytes.of(now)).isEqualTo(bytes);
  }

  /** Each up to two seconds late, every third one twice; whose clock is wrong keeps its order. */
  private static List<Arrival> disordered(Random random) {
    List<Arrival> arrivals = new ArrayList<>();
    for (Arrival each : FLEET) {
      boolean keepsOrder = each.process.service().equals(service(Alert.Kind.CLOCK_SKEW));
      arrivals.add(keepsOrder ? each : each.later(2_000 * random.nextDouble()));
      if (random.nextInt(3) == 0) {
        arrivals.add(keepsOrder ? each : each.later(2_000 * random.nextDouble()));
      }
    }
    arrivals.sort(Comparator.comparingDouble(Arrival::atMs));
    return arrivals;
  }

  private static List<Arrival> fleet() {
    Stream<Arrival> ill = Illness.all().stream().flatMap(EveryDiagnosisTest::life);
    Stream<Arrival> silent =
        seconds(1, 80).map(second -> sample(process(Alert.Kind.SILENT_PROCESS, 1), second));
    Stream<Arrival> crashing =
        Stream.of(1, 2, 3).flatMap(number -> crash(process(Alert.Kind.CRASH_LOOP, number), number));
    return Stream.of(ill, silent, crashing, setBack())
        .flatMap(each -> each)
        .sorted(Comparator.comparingDouble(Arrival::atMs))
        .toList();
  }

  private static Stream<Arrival> life(Illness illness) {
    ProcessId process = process(illness.kind(), 1);
    Stream<Arrival> samples =
        seconds(1, SECONDS)
            .map(
                second -> {
                  Arrival plain = sample(process, second);
                  Sample.Builder figures = plain.sample.toBuilder();
                  illness.figures().at(figures, second);
                  return new Arrival(plain.atMs, process, figures.build(), plain.event);
                });
    Stream<Arrival> said =
        illness.event().getWhatCase() == Event.WhatCase.WHAT_NOT_SET
            ? Stream.of()
            : Stream.of(30, 80).map(second -> event(process, second, illness.event()));
    return Stream.of(samples, said, Stream.of(end(process, SECONDS + 1, Stopped.Reason.SIGNAL)))
        .flatMap(each -> each);
  }

  private static Stream<Arrival> crash(ProcessId process, int number) {
    int begin = 40 + 10 * number;
    return Stream.concat(
        seconds(begin, begin + 5).map(second -> sample(process, second)),
        Stream.of(end(process, begin + 6, Stopped.Reason.EXCEPTION)));
  }

  /** After eighty seconds its clock is half a minute behind what it was. */
  private static Stream<Arrival> setBack() {
    ProcessId process = process(Alert.Kind.CLOCK_SKEW, 1);
    return Stream.concat(
        seconds(1, 90)
            .map(
                second -> {
                  Arrival right = sample(process, second);
                  long atMs = right.sample.getAtMs() - (second > 80 ? 30_000 : 0);
                  Sample wrong = right.sample.toBuilder().setAtMs(atMs).build();
                  return new Arrival(right.atMs, process, wrong, right.event);
                }),
        Stream.of(end(process, 91, Stopped.Reason.SIGNAL)));
  }

  private static Stream<Integer> seconds(int first, int last) {
    return Stream.iterate(first, second -> second <= last, second -> second + 1);
  }

  private static Arrival sample(ProcessId process, int second) {
    Sample sample =
        Sample.newBuilder()
            .setProcess(written(process))
            .setSequence(second)
            .setIntervalMs(1_000)
            .setVersion("1.4.2")
            .setAtMs(atMs(second))
            .setThreads(8)
            .setRssBytes(100 << 20)
            .build();
    return new Arrival(atMs(second), process, sample, Event.getDefaultInstance());
  }

  private static Arrival end(ProcessId process, int second, Stopped.Reason reason) {
    return event(
        process, second, Event.newBuilder().setStopped(Stopped.newBuilder().setReason(reason)));
  }

  private static Arrival event(ProcessId process, int second, Event.Builder what) {
    Event event =
        what.clone()
            .setProcess(written(process))
            .setSequence(second)
            .setVersion("1.4.2")
            .setAtMs(atMs(second))
            .build();
    return new Arrival(atMs(second), process, Sample.getDefaultInstance(), event);
  }

  private static Process written(ProcessId process) {
    return Process.newBuilder()
        .setService(process.service())
        .setHost(process.host())
        .setPid(process.pid())
        .setStartedAtMs(process.startedAt().toEpochMilli())
        .build();
  }

  private static ProcessId process(Alert.Kind kind, int number) {
    return new ProcessId(service(kind), "web-1", 100 + number, Telemetry.T0);
  }

  private static String service(Alert.Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static long atMs(int second) {
    return Telemetry.T0.plusMillis(1_000L * second + 130).toEpochMilli();
  }
}
