package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.INTERVAL;
import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.sample;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Sample;
import dev.hognose.sample.Stopped;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The whole topology over workers that a supervisor starts anew under other pids. A policy hour is
 * half a minute, 120 samples.
 */
class SupervisedWorkersTest {

  private static final Map<String, String> FAST = Map.of("LEAK_BUCKET", "1s");
  private static final int LEAKS = 420;
  private static final int FOLLOWS = 428;
  private static final long MIB = 1 << 20;
  private static final ProcessId FIRST = worker(101, 0);
  private static final ProcessId SECOND = worker(202, FOLLOWS);

  private static ProcessId worker(long pid, int from) {
    return new ProcessId("catalog", "web-1", pid, at(from).minusMillis(100));
  }

  private static Instant at(int n) {
    return T0.plus(INTERVAL.multipliedBy(n));
  }

  /** The first leaks until it stops; what the second does then is told in MiB by its samples. */
  private static Map<String, Alert> told(int peers, int until, IntToLongFunction second) {
    try (Pipeline pipeline = new Pipeline(FAST)) {
      for (int n = 0; n < until; n++) {
        for (int peer = 0; peer < peers; peer++) {
          pipeline.pipe(sample(worker(300 + peer, 0), n + 1, at(n)));
        }
        if (n < LEAKS) {
          pipeline.pipeLive(sample(FIRST, n + 1, at(n), new Bytes(100 * MIB + n * MIB / 2)));
        } else if (n == LEAKS) {
          pipeline.pipe(event(FIRST, 9_999, at(n), new Stopped(Stopped.Reason.EXIT, 0)));
        } else if (n >= FOLLOWS) {
          long mib = 100 + second.applyAsLong(n - FOLLOWS);
          pipeline.pipeLive(sample(SECOND, n - FOLLOWS + 1, at(n), new Bytes(mib * MIB)));
        }
      }
      return pipeline.told();
    }
  }

  private static List<Alert> of(Map<String, Alert> told, ProcessId worker) {
    return told.values().stream()
        .filter(alert -> alert.kind() == Alert.Kind.MEMORY_LEAK)
        .filter(alert -> alert.process().filter(worker::equals).isPresent())
        .toList();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void leakGoesOnInTheWorkerThatFollows(int peers) {
    Map<String, Alert> told = told(peers, FOLLOWS + 120, n -> n / 2);

    assertThat(of(told, FIRST))
        .singleElement()
        .satisfies(alert -> assertThat(alert.resolvedAt()).contains(at(LEAKS)));
    assertThat(of(told, SECOND))
        .singleElement()
        .satisfies(alert -> assertThat(alert.state()).isEqualTo(Alert.State.FIRING));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 2})
  void itIsResolvedWhenThatWorkerDoesNotGrow(int peers) {
    Map<String, Alert> told = told(peers, FOLLOWS + 420, n -> 0);

    assertThat(of(told, SECOND))
        .singleElement()
        .satisfies(alert -> assertThat(alert.state()).isEqualTo(Alert.State.RESOLVED));
  }

  /**
   * The samples of the one that leaks are held back for a stretch, and come all at once, in order:
   * the service hears of it too late to judge it with the newcomer.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 32})
  void newcomerBesideALeakThatIsReadLateIsNotAccused(int after) {
    int heldFrom = FOLLOWS + after;
    int heldUntil = heldFrom + 40;
    try (Pipeline pipeline = new Pipeline(FAST)) {
      for (int n = 0; n < FOLLOWS + 160; n++) {
        pipeline.pipe(sample(worker(300, 0), n + 1, at(n)));
        if (n < heldFrom || n > heldUntil) {
          pipeline.pipe(leaking(n));
        } else if (n == heldUntil) {
          IntStream.rangeClosed(heldFrom, heldUntil).forEach(held -> pipeline.pipe(leaking(held)));
        }
        if (n >= FOLLOWS) {
          pipeline.pipe(sample(SECOND, n - FOLLOWS + 1, at(n), new Bytes(100 * MIB)));
        }
      }

      assertThat(of(pipeline.told(), SECOND)).isEmpty();
      assertThat(of(pipeline.told(), FIRST))
          .singleElement()
          .satisfies(alert -> assertThat(alert.state()).isEqualTo(Alert.State.FIRING));
    }
  }

  private static Sample leaking(int n) {
    return sample(FIRST, n + 1, at(n), new Bytes(100 * MIB + n * MIB / 2));
  }

  @Test
  void workerOfAnotherHostIsNotAccused() {
    ProcessId elsewhere = new ProcessId("catalog", "web-2", 7, at(FOLLOWS).minusMillis(100));
    try (Pipeline pipeline = new Pipeline(FAST)) {
      for (int n = 0; n < FOLLOWS + 120; n++) {
        pipeline.pipe(sample(worker(300, 0), n + 1, at(n)));
        if (n < LEAKS) {
          pipeline.pipeLive(sample(FIRST, n + 1, at(n), new Bytes(100 * MIB + n * MIB / 2)));
        } else if (n >= FOLLOWS) {
          pipeline.pipeLive(sample(elsewhere, n - FOLLOWS + 1, at(n)));
        }
      }

      assertThat(of(pipeline.told(), FIRST)).hasSize(1);
      assertThat(of(pipeline.told(), elsewhere)).isEmpty();
    }
  }
}
