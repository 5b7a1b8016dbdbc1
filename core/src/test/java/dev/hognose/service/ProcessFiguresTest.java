package dev.hognose.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProcessFiguresTest {

  private final List<ProcessMinute> closed = new ArrayList<>();
  private Optional<ProcessFigures> figures = Optional.empty();

  @Test
  void aMinuteIsToldWhenTheNextHasBegun() {
    Readings process = new Readings(1);
    read(process.sample());
    for (int i = 1; i <= 6; i++) {
      read(process.pass(10, 0.002).cpu(1).gil(0.01).runQueue(0.02).exceptions(3).sample());
      assertThat(closed).isEmpty();
    }
    read(process.pass(10, 0.002).sample());

    ProcessMinute minute = assertThat(closed).singleElement().actual();
    assertThat(minute.minute()).isEqualTo(Readings.T0);
    assertThat(minute.watched()).isEqualTo(Duration.ofMinutes(1));
    assertThat(minute.loop().lag().count()).isEqualTo(600);
    assertThat(minute.loop().late()).isEqualTo(Duration.ofMillis(1_200));
    assertThat(minute.loop().excess()).isEqualTo(Duration.ofMillis(1_200));
    assertThat(minute.waits().gil()).isEqualTo(Duration.ofMillis(60));
    assertThat(minute.waits().runQueue()).isEqualTo(Duration.ofMillis(120));
    assertThat(minute.cpu()).isEqualTo(Duration.ofSeconds(6));
    assertThat(minute.exceptions()).isEqualTo(18);
    assertThat(minute.version()).isEqualTo("1.4.2");
  }

  @Test
  void lagOfABlockIsNoExcess() {
    Readings process = new Readings(1);
    read(process.sample());
    read(process.pass(5, 0).block(5).sample());
    read(process.pass(55, 0).ended(5).sample());
    read(process.pass(60, 0).sample());

    assertThat(closed.get(0).loop().blocked()).isEqualTo(Duration.ofSeconds(5));
    assertThat(closed.get(0).loop().excess()).isZero();
  }

  @Test
  void lagOfBeforeDoesNotPayForABlock() {
    Readings process = new Readings(1);
    read(process.sample());
    read(process.pass(60, 0.05).sample());
    read(process.block(5).sample());
    read(process.pass(50, 0).ended(5).sample());
    read(process.pass(60, 0).sample());
    read(process.pass(60, 0).sample());

    assertThat(closed)
        .extracting(minute -> minute.loop().excess())
        .containsExactly(Duration.ofSeconds(30), Duration.ZERO);
  }

  @Test
  void aBlockOfMinutesIsPaidForWhenItEnds() {
    Readings process = new Readings(1);
    read(process.sample());
    read(process.pass(5, 0).block(5).sample());
    for (int i = 0; i < 30; i++) {
      read(process.block(10).sample());
    }
    read(process.block(5).ended(310).pass(5, 0).sample());
    read(process.pass(60, 0.05).sample());
    read(process.pass(60, 0).sample());

    List<Duration> excess = closed.stream().map(minute -> minute.loop().excess()).toList();
    assertThat(excess.subList(0, excess.size() - 1)).containsOnly(Duration.ZERO);
    assertThat(excess.get(excess.size() - 1)).isGreaterThan(Duration.ofSeconds(29));
  }

  @Test
  void anOlderSampleSaysNothing() {
    Readings process = new Readings(1);
    Sample early = process.sample();
    Sample late = process.pass(10, 0).sample();
    read(late);

    assertThat(read(early)).isEqualTo(ProcessFigures.Outcome.STALE);
    assertThat(read(late)).isEqualTo(ProcessFigures.Outcome.STALE);
  }

  @Test
  void afterALongSilenceFiguresBeginAnew() {
    Readings process = new Readings(1);
    read(process.sample());
    read(process.pass(10, 0).sample());

    assertThat(read(process.pass(4_000, 1).sample())).isEqualTo(ProcessFigures.Outcome.FIRST);
    assertThat(closed).isEmpty();
  }

  @Test
  void samplesFurtherApartThanAMinuteMakeALongerMinute() {
    Readings process = new Readings(1);
    read(process.sample());
    read(process.pass(300, 0.001).sample());
    read(process.pass(300, 0.001).sample());

    ProcessMinute minute = assertThat(closed).singleElement().actual();
    assertThat(minute.watched()).isEqualTo(Duration.ofMinutes(5));
    assertThat(minute.until()).isEqualTo(Readings.T0.plusSeconds(300));
  }

  private ProcessFigures.Outcome read(Sample sample) {
    ProcessFigures.Step step =
        figures.isPresent() ? figures.get().next(sample) : ProcessFigures.first(sample);
    figures = Optional.of(step.figures());
    step.closed().ifPresent(closed::add);
    return step.outcome();
  }
}
