package dev.hognose.wire.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.protobuf.ByteString;
import dev.hognose.limit.Forecast;
import dev.hognose.limit.Killed;
import dev.hognose.limit.LimitLife;
import dev.hognose.limit.LimitUse;
import dev.hognose.limit.OpenForecast;
import dev.hognose.limit.UseFloor;
import dev.hognose.limit.UseFloors;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import dev.hognose.wire.MalformedRecordException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class LimitLifeCodecTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");
  private static final ProcessId PROCESS = new ProcessId("orders", "web-1", 1, T0);

  private final LimitLifeCodec codec = new LimitLifeCodec();

  @Test
  void aFullLifeSurvives() {
    Forecast forecast =
        new Forecast(
            Forecast.Whose.CONTAINER,
            Bytes.ofMebi(300),
            Bytes.ofMebi(400),
            new GrowthRate(1.5e8),
            Duration.ofMinutes(40));
    LimitUse use =
        new LimitUse(
            T0,
            T0.plusSeconds(30),
            "1.4.2",
            Bytes.ofMebi(200),
            Optional.of(Bytes.ofMebi(300)),
            Optional.of(Bytes.ofMebi(400)),
            OptionalLong.of(3));
    LimitLife life =
        new LimitLife(
            PROCESS,
            new UseFloors(
                List.of(new UseFloor(7, 1, 2, 3), new UseFloor(9, 3, 4, 5)),
                6,
                OptionalLong.of(5_000)),
            Optional.of(use),
            Optional.of(T0.plusSeconds(9)),
            true,
            Optional.of(new OpenForecast(T0, "1.4.2", forecast, forecast)),
            Optional.of(new Killed(T0, Killed.Seen.COUNTED, 2, use, Optional.of(forecast))));

    assertThat(codec.decode(PROCESS.key(), codec.encode(life))).isEqualTo(life);
  }

  @Test
  void anEmptyLifeSurvives() {
    LimitLife life = LimitLife.begin(PROCESS);

    assertThat(codec.decode(PROCESS.key(), codec.encode(life))).isEqualTo(life);
  }

  @Test
  void aStateOfAnotherMakingIsRefused() {
    assertThatThrownBy(() -> codec.decode(PROCESS.key(), new byte[] {1, 2, 3}))
        .isInstanceOf(MalformedRecordException.class);
  }

  static Stream<Arguments> spoilt() {
    return Stream.of(
        arguments(new byte[] {}, "floors of 0 bytes: expected more"),
        arguments(new byte[] {1, 2, 2}, "floors of 3 bytes: expected more"),
        arguments(new byte[] {0, 0}, "floors with 1 bytes too many: expected none"),
        arguments(new byte[] {(byte) 0xad, 2}, "301 floors: expected at most 300"));
  }

  @ParameterizedTest
  @MethodSource("spoilt")
  void spoiltFloorsAreRefused(byte[] floors, String message) {
    byte[] life =
        dev.hognose.state.v1.LimitLife.newBuilder()
            .setFloors(ByteString.copyFrom(floors))
            .build()
            .toByteArray();

    assertThatThrownBy(() -> codec.decode(PROCESS.key(), life))
        .isInstanceOf(MalformedRecordException.class)
        .hasMessage(message);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyFloorsSurvive(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      List<UseFloor> floors =
          Stream.generate(() -> floor(random)).limit(random.nextInt(31)).toList();

      assertThat(FloorColumns.read(FloorColumns.write(floors))).isEqualTo(floors);
    }
  }

  private static UseFloor floor(Random random) {
    return new UseFloor(
        random.nextLong(), random.nextInt(1 << 20), random.nextLong(), random.nextInt(1 << 20));
  }
}
