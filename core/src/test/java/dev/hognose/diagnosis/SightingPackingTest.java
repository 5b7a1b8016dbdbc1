package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.alert.Alert;
import dev.hognose.fixture.Cut;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.ProcessId;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A sighting comes back as it was, or it is refused. */
class SightingPackingTest {

  private static final Instant T0 = Instant.parse("2026-11-20T10:00:00.123Z");

  private static Sighting sighting(Random random, Alert.Kind kind, Sighting.State state) {
    Instant from = T0.plusMillis(random.nextInt());
    return new Sighting(
        new ProcessId("or/ders", "web-1", 1 + random.nextInt(1 << 20), T0),
        RandomSigns.text(random),
        kind,
        RandomSigns.sign(random),
        from,
        from.plusMillis(random.nextInt(1 << 20)),
        Duration.ofMillis(random.nextInt(1 << 20)),
        state);
  }

  private static void survives(Sighting sighting) {
    ByteBuffer in = ByteBuffer.wrap(packed(sighting));

    assertThat(Sighting.unpack(in)).isEqualTo(sighting);
    assertThat(in.hasRemaining()).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void aSightingOfAnyStateSurvives(Sighting.State state) {
    survives(sighting(new Random(1), Alert.Kind.UNEXPECTED_ERROR, state));
  }

  @ParameterizedTest
  @EnumSource
  void aSightingOfAnyKindSurvives(Alert.Kind kind) {
    survives(sighting(new Random(2), kind, Sighting.State.SEEN));
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anySightingSurvives(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 300; i++) {
      survives(sighting(random, Alert.Kind.TASK_LEAK, Sighting.State.SEEN));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void aSightingThatWasCutIsRefused(int seed) {
    Cut.isRefused(
        packed(sighting(new Random(seed), Alert.Kind.TASK_LEAK, Sighting.State.WITHDRAWN)),
        cut -> Sighting.unpack(cut));
  }

  @Test
  void aLongNameIsRefusedBeforeItIsMade() {
    Packer spoilt = new Packer().put((byte) 0);
    Varint.put(spoilt, Long.MAX_VALUE);

    assertThatExceptionOfType(BufferUnderflowException.class)
        .isThrownBy(() -> Sighting.unpack(ByteBuffer.wrap(spoilt.bytes())));
  }

  @Test
  void aKindThatThereIsNotIsRefused() {
    byte[] packed = packed(sighting(new Random(1), Alert.Kind.TASK_LEAK, Sighting.State.SEEN));
    packed[2]++;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Sighting.unpack(ByteBuffer.wrap(packed)))
        .withMessageContaining("UASK_LEAK");
  }

  private static byte[] packed(Sighting sighting) {
    Packer out = new Packer();
    sighting.pack(out);
    return out.bytes();
  }
}
