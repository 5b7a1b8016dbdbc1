package dev.hognose.diagnosis;

import static dev.hognose.diagnosis.Shop.T0;
import static dev.hognose.diagnosis.Shop.at;
import static dev.hognose.diagnosis.Shop.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.sample.Event;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Stopped;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Processes end soon after their start, one after the other. */
class CrashLoopTest {

  private final Fleet fleet = new Fleet();

  @Test
  void processesThatAreKilledYoungAreALoopAllTheSame() {
    for (int n = 1; n <= 3; n++) {
      ProcessId process = started(n, 100 * n);
      fleet.lives(process, 100 * n + 1, 100 * n + 20);
      fleet.kill(process);
    }

    assertThat(fleet.told()).extracting(Alert::kind).containsExactly(Alert.Kind.CRASH_LOOP);
  }

  @Test
  void threeProcessesThatCrashYoungAreALoop() {
    for (int n = 1; n <= 3; n++) {
      assertThat(fleet.told()).isEmpty();
      fleet.take(stopped(started(n, 10 * n), 10 * n + 2, Stopped.Reason.EXCEPTION, 1));
    }

    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.kind()).isEqualTo(Alert.Kind.CRASH_LOOP);
              assertThat(alert.processesAffected()).isEqualTo(3);
              assertThat(alert.firedAt()).isEqualTo(at(32));
              assertThat(alert.title()).contains("after 2.0 s with an exception, in 3 processes");
            });
  }

  @Test
  void oneProcessThatIsReadThreeTimesIsNoLoop() {
    for (int n = 1; n <= 3; n++) {
      fleet.take(stopped(started(1, 0), 2, Stopped.Reason.EXCEPTION, 1));
    }

    assertThat(fleet.told()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"SIGNAL, 0, 2", "EXIT, 0, 2", "UNKNOWN, 0, 2", "EXCEPTION, 1, 200"})
  void whatWasAskedToEndOrWasOldIsNoCrash(Stopped.Reason reason, int exitCode, double age) {
    for (int n = 1; n <= 5; n++) {
      fleet.take(stopped(started(n, 10 * n), 10 * n + age, reason, exitCode));
    }

    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void anEndWithAnUnknownCodeIsNoCrash() {
    for (int n = 1; n <= 5; n++) {
      Stopped stopped = new Stopped(Stopped.Reason.EXIT, OptionalInt.empty());
      fleet.take(Shop.event(started(n, 10 * n), 10 * n + 2, stopped));
    }

    assertThat(fleet.told()).isEmpty();
  }

  @Test
  void youngProcessesThatExitWithACodeAreALoop() {
    for (int n = 1; n <= 3; n++) {
      fleet.take(stopped(started(n, 10 * n), 10 * n + 2, Stopped.Reason.EXIT, 3));
    }

    assertThat(fleet.told())
        .singleElement()
        .satisfies(alert -> assertThat(alert.title()).contains("with exit code 3"));
  }

  @Test
  void youngProcessesThatVanishAreALoopToo() {
    for (int n = 1; n <= 3; n++) {
      ProcessId process = process(n);
      fleet.lives(process, 1, 5);
      fleet.silence(process);
    }

    assertThat(fleet.told())
        .extracting(Alert::kind)
        .containsExactly(Alert.Kind.SILENT_PROCESS, Alert.Kind.CRASH_LOOP);
  }

  /** A container that is started again in its place: one host, one pid, ever later starts. */
  @Test
  void aLoopGoesOnHoweverManyProcessesHaveEnded() {
    ends(700).forEach(fleet::take);
    fleet.quiet();

    assertThat(fleet.history())
        .extracting(Alert::id)
        .containsOnly(fleet.told().iterator().next().id());
    assertThat(fleet.told())
        .singleElement()
        .satisfies(
            alert -> {
              assertThat(alert.firedAt()).isEqualTo(at(18));
              assertThat(alert.resolvedAt()).contains(at(5 * 700 + 3 + 600));
              assertThat(alert.processesAffected()).isEqualTo(500);
            });
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aLongLoopIsTheSameInAnyOrder(long seed) {
    List<Event> ends = ends(700);
    ends.forEach(fleet::take);
    fleet.quiet();
    Fleet other = new Fleet();
    Collections.shuffle(ends, new Random(seed));
    ends.forEach(other::take);
    other.quiet();

    assertThat(other.toldById()).isEqualTo(fleet.toldById());
  }

  /** Seconds between two samples, and of the last after the start. */
  @ParameterizedTest
  @CsvSource({
    "10, 3, true",
    "10, 93, true",
    "60, 3, true",
    "300, 3, true",
    "10, 133, false",
    "60, 243, false"
  })
  void whoVanishesIsAsOldAsItWasWhenItWasLastHeard(int interval, int last, boolean isLoop) {
    for (int n = 1; n <= 3; n++) {
      ProcessId process = started(n, 0);
      for (int second = 3; second <= last; second += interval) {
        Shop shop = Shop.after(second, interval);
        fleet.take(shop.sample(process, second, Duration.ofSeconds(interval)));
      }
      fleet.kill(process);
    }

    assertThat(fleet.told().isEmpty()).isEqualTo(!isLoop);
    assertThat(fleet.told())
        .allSatisfy(
            alert ->
                assertThat(alert.evidence())
                    .filteredOn(each -> each.name().equals("age"))
                    .singleElement()
                    .satisfies(age -> assertThat(age.value()).isBetween(3.0, (double) last)));
  }

  /** One every five seconds, each after three. */
  private static List<Event> ends(int processes) {
    List<Event> ends = new ArrayList<>();
    for (int n = 1; n <= processes; n++) {
      ProcessId process = new ProcessId("orders", "web-1", 7, at(5 * n));
      ends.add(stopped(process, 5 * n + 3, Stopped.Reason.EXCEPTION, 1));
    }
    return ends;
  }

  private static ProcessId started(int number, double second) {
    Instant at = T0.plusMillis(Math.round(1000 * second));
    return new ProcessId("orders", "web-1", 100 + number, at);
  }

  private static Event stopped(
      ProcessId process, double second, Stopped.Reason reason, int exitCode) {
    return Shop.event(process, second, new Stopped(reason, exitCode));
  }
}
