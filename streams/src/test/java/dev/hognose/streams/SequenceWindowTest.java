package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.streams.SequenceWindow.Arrival;
import dev.hognose.wire.KeyedCodec;
import java.time.Instant;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceWindowTest {

  private static final KeyedCodec<SequenceWindow> CODEC = SequenceWindow.codec();

  private SequenceWindow window = SequenceWindow.EMPTY;

  @Test
  void whatComesTwiceIsDoubled() {
    assertThat(take(1)).isEqualTo(Arrival.FRESH);
    assertThat(take(2)).isEqualTo(Arrival.FRESH);
    assertThat(take(2)).isEqualTo(Arrival.DOUBLED);
    assertThat(take(1)).isEqualTo(Arrival.DOUBLED);
  }

  @Test
  void whatComesLateIsFreshOnce() {
    take(1);
    take(200);
    assertThat(take(100)).isEqualTo(Arrival.FRESH);
    assertThat(take(100)).isEqualTo(Arrival.DOUBLED);
    assertThat(take(200)).isEqualTo(Arrival.DOUBLED);
  }

  @Test
  void whatIsOlderThanTheWindowIsStale() {
    take(1000);
    assertThat(take(745)).isEqualTo(Arrival.FRESH);
    assertThat(take(744)).isEqualTo(Arrival.STALE);
  }

  @Test
  void numbersThatBeginAnewLaterInTimeAreFresh() {
    take(1000);
    assertThat(window.arrivalOf(1, at(1001))).isEqualTo(Arrival.FRESH);
    window = window.with(1, at(1001));
    assertThat(window.arrivalOf(1, at(1001))).isEqualTo(Arrival.DOUBLED);
    assertThat(window.arrivalOf(2, at(1002))).isEqualTo(Arrival.FRESH);
  }

  @Test
  void twoProcessesWithOneIdentityAreBothHeard() {
    for (int i = 0; i < 50; i++) {
      assertThat(window.arrivalOf(5_000 + i, at(2L * i))).isEqualTo(Arrival.FRESH);
      window = window.with(5_000 + i, at(2L * i));
      assertThat(window.arrivalOf(10 + i, at(2L * i + 1))).isEqualTo(Arrival.FRESH);
      window = window.with(10 + i, at(2L * i + 1));
    }
  }

  @Test
  void aClockThatStepsBackSilencesNobody() {
    take(10);
    assertThat(window.arrivalOf(11, at(3))).isEqualTo(Arrival.FRESH);
    window = window.with(11, at(3));
    assertThat(window.arrivalOf(11, at(3))).isEqualTo(Arrival.DOUBLED);
  }

  @Test
  void itAgreesWithASetOfAllNumbers() {
    Random random = new Random(7);
    Set<Long> seen = new HashSet<>();
    long highest = 0;
    for (int i = 0; i < 20_000; i++) {
      long sequence = Math.max(1, highest + 20 - random.nextInt(200));
      Arrival expected = seen.contains(sequence) ? Arrival.DOUBLED : Arrival.FRESH;
      assertThat(take(sequence)).isEqualTo(expected);
      seen.add(sequence);
      highest = Math.max(highest, sequence);
      window = CODEC.decode("", CODEC.encode(window));
    }
  }

  @Test
  void aProcessOfWhichNothingWasLostIsSmall() {
    for (int sequence = 1; sequence <= 600; sequence++) {
      take(sequence);
    }
    assertThat(CODEC.encode(window)).hasSize(2 + 6 + 2);

    take(603);
    assertThat(CODEC.encode(window)).hasSizeGreaterThan(2 + 6 + 2);
  }

  /** A process's time goes with its numbers. */
  private Arrival take(long sequence) {
    Arrival arrival = window.arrivalOf(sequence, at(sequence));
    if (arrival == Arrival.FRESH) {
      window = window.with(sequence, at(sequence));
    }
    return arrival;
  }

  private static Instant at(long second) {
    return T0.plusSeconds(second);
  }
}
