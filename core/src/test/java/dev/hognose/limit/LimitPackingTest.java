package dev.hognose.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.fixture.Cut;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a store has of a life is what was known of it, or it is refused. */
class LimitPackingTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00.250Z");
  private static final ProcessId PROCESS = new ProcessId("orders", "web-1", 1, T0);
  private static final LimitLife NONE = LimitLife.begin(PROCESS);
  private static final LimitUse FULL =
      new LimitUse(
          T0,
          T0.plusSeconds(30),
          "1.4.2",
          Bytes.ofMebi(200),
          Optional.of(Bytes.ofMebi(300)),
          Optional.of(Bytes.ofMebi(400)),
          OptionalLong.of(3));
  private static final LimitUse BARE =
      new LimitUse(
          T0, T0, "", Bytes.ZERO, Optional.empty(), Optional.empty(), OptionalLong.empty());

  static Stream<LimitLife> lives() {
    return Stream.of(
        NONE,
        NONE.heard(FULL, floors(OptionalLong.empty())),
        NONE.heard(BARE, floors(OptionalLong.of(5_000))),
        NONE.stopped(T0),
        NONE.ended(),
        NONE.withSoon(soon(Forecast.Whose.PROCESS)),
        NONE.withKilled(killed(Killed.Seen.VANISHED, Optional.empty())),
        NONE.heard(FULL, floors(OptionalLong.of(-1)))
            .stopped(T0.plusSeconds(9))
            .ended()
            .withSoon(soon(Forecast.Whose.CONTAINER))
            .withKilled(
                killed(Killed.Seen.COUNTED, Optional.of(forecast(Forecast.Whose.CONTAINER)))));
  }

  private static UseFloors floors(OptionalLong stray) {
    return new UseFloors(List.of(new UseFloor(7, 1, 2, 3), new UseFloor(9, 3, 4, 5)), 6, stray);
  }

  private static Optional<OpenForecast> soon(Forecast.Whose whose) {
    return Optional.of(
        new OpenForecast(T0, "1.4.2", forecast(whose), forecast(Forecast.Whose.PROCESS)));
  }

  private static Optional<Killed> killed(Killed.Seen seen, Optional<Forecast> forecast) {
    return Optional.of(new Killed(T0, seen, 2, FULL, forecast));
  }

  private static Forecast forecast(Forecast.Whose whose) {
    return new Forecast(
        whose, Bytes.ofMebi(300), Bytes.ofMebi(400), new GrowthRate(1.5e8), Duration.ofMinutes(40));
  }

  @ParameterizedTest
  @MethodSource("lives")
  void aLifeSurvives(LimitLife life) {
    ByteBuffer in = ByteBuffer.wrap(packed(life));

    assertThat(LimitLife.unpack(PROCESS, in)).isEqualTo(life);
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @MethodSource("lives")
  void aLifeThatWasCutIsRefused(LimitLife life) {
    Cut.isRefused(packed(life), cut -> LimitLife.unpack(PROCESS, cut));
  }

  @Test
  void asManyFloorsAsAreAllowedSurvive() {
    List<UseFloor> floors = Stream.generate(() -> new UseFloor(7, 1, 2, 3)).limit(300).toList();

    aLifeSurvives(NONE.with(new UseFloors(floors, 0, OptionalLong.empty())));
  }

  /** They would else be made before a byte of them is read. */
  @ParameterizedTest
  @ValueSource(longs = {301, Long.MAX_VALUE, -1})
  void tooManyFloorsAreRefused(long count) {
    Packer spoilt = new Packer().put((byte) 0);
    Varint.put(spoilt, count);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> LimitLife.unpack(PROCESS, ByteBuffer.wrap(spoilt.bytes())))
        .withMessage(count + " floors: expected at most 300");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyFloorsSurvive(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      List<UseFloor> floors =
          Stream.generate(() -> floor(random)).limit(random.nextInt(31)).toList();
      aLifeSurvives(NONE.with(new UseFloors(floors, random.nextLong(), OptionalLong.empty())));
    }
  }

  private static UseFloor floor(Random random) {
    return new UseFloor(
        random.nextLong(), random.nextInt(1 << 20), random.nextLong(), random.nextInt(1 << 20));
  }

  private static byte[] packed(LimitLife life) {
    Packer out = new Packer();
    life.pack(out);
    return out.bytes();
  }
}
