package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.fixture.Cut;
import dev.hognose.packed.Packer;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What a store has of a life is what was known of it, or it is refused. */
class LifePackingTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00.250Z");
  private static final ProcessId PROCESS = new ProcessId("catalog", "web-1", 4242, T0);
  private static final Heard HEARD =
      new Heard(T0, T0.plusSeconds(30), "1.4.2", Bytes.ofMebi(9), Optional.of(Bytes.ZERO));
  private static final LeakLife NONE = LeakLife.begin(PROCESS);

  static Stream<LeakLife> lives() {
    return Stream.of(
        NONE,
        NONE.heard(HEARD),
        NONE.heard(new Heard(T0, T0.minusMillis(1), "", Bytes.ZERO, Optional.empty())),
        NONE.stopped(T0),
        NONE.silenced(),
        NONE.with(Optional.of(leak(true, false, Optional.empty()))),
        NONE.with(Optional.of(leak(false, true, Optional.of(Bytes.ofMebi(8))))),
        told(NONE, Trend.Verdict.STEADY, Optional.empty(), OptionalDouble.empty()),
        full());
  }

  /** Whatever can be there is. */
  private static LeakLife full() {
    LeakLife life =
        NONE.judged(RandomStates.state(new Random(1)).withRings(LeakState.initial().packRings()))
            .heard(HEARD)
            .stopped(T0.plusSeconds(5))
            .silenced()
            .with(Optional.of(leak(true, true, Optional.of(Bytes.ofMebi(8)))));
    return told(
        life, Trend.Verdict.LEAKING, Optional.of(Trend.Where.NATIVE), OptionalDouble.of(1.4));
  }

  private static OpenLeak leak(boolean alone, boolean deploy, Optional<Bytes> limit) {
    Growth growth =
        new Growth(
            Trend.Where.PYTHON_HIDDEN,
            new GrowthRate(7.5e9),
            new Trend.SlopeInterval(new GrowthRate(7e9), new GrowthRate(8e9)),
            T0,
            OptionalDouble.empty(),
            0.93);
    return new OpenLeak(
        T0,
        "1.4.1",
        alone,
        new OpenLeak.Told(
            T0.plusSeconds(7),
            growth,
            new ServiceWord.Sharing(3, 5, "1.4.0", deploy),
            new Footprint(Bytes.ofMebi(7), limit)));
  }

  private static LeakLife told(
      LeakLife life, Trend.Verdict verdict, Optional<Trend.Where> where, OptionalDouble hours) {
    ToldTrend trend = new ToldTrend(verdict, where, new GrowthRate(-3), hours, 4);
    return new LeakLife(
        PROCESS,
        life.state(),
        life.heard(),
        life.stoppedAt(),
        life.silent(),
        life.open(),
        Optional.of(trend),
        Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("lives")
  void aLifeSurvives(LeakLife life) {
    survives(life);
  }

  private static void survives(LeakLife life) {
    ByteBuffer in = ByteBuffer.wrap(packed(life));

    LeakLife read = LeakLife.unpack(PROCESS, in);

    assertThat(in.hasRemaining()).isFalse();
    assertThat(read.state().open()).usingRecursiveComparison().isEqualTo(life.state().open());
    assertThat(read).usingRecursiveComparison().ignoringFields("state").isEqualTo(life);
    assertThat(packed(read)).isEqualTo(packed(life));
  }

  @ParameterizedTest
  @EnumSource
  void anyVerdictSurvives(Trend.Verdict verdict) {
    survives(told(NONE, verdict, Optional.empty(), OptionalDouble.empty()));
  }

  @ParameterizedTest
  @EnumSource
  void anyHeapSurvives(Trend.Where where) {
    survives(told(NONE, Trend.Verdict.LEAKING, Optional.of(where), OptionalDouble.of(2)));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void aLifeThatWasCutIsRefused(LeakLife life) {
    Cut.isRefused(packed(life), cut -> LeakLife.unpack(PROCESS, cut));
  }

  @Test
  void aVerdictThatThereIsNotIsRefused() {
    byte[] packed = packed(told(NONE, Trend.Verdict.UNKNOWN, Optional.empty(), none()));
    byte[] steady = packed(told(NONE, Trend.Verdict.STEADY, Optional.empty(), none()));
    int verdict = 0;
    while (packed[verdict] == steady[verdict]) {
      verdict++;
    }
    packed[verdict]++;

    assertThatThrownBy(() -> LeakLife.unpack(PROCESS, ByteBuffer.wrap(packed)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("code 7: expected one of 7, [WARMING, ");
  }

  private static OptionalDouble none() {
    return OptionalDouble.empty();
  }

  private static byte[] packed(LeakLife life) {
    Packer out = new Packer();
    life.pack(out);
    return out.bytes();
  }
}
