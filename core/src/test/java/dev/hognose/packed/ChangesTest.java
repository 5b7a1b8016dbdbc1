package dev.hognose.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers come back to the last bit from what has changed, and what stands still takes a bit. */
class ChangesTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whateverChangedComesBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      int count = random.nextInt(30);
      double[] before = random.doubles(count).map(n -> number(random)).toArray();
      double[] now = before.clone();
      for (int place = 0; place < count; place++) {
        now[place] = random.nextBoolean() ? now[place] : number(random);
      }

      byte[] packed = packed(now, before);

      assertThat(packed)
          .hasSizeLessThanOrEqualTo((count + 7) / 8 + (count + 1) / 2 + count * Double.BYTES);
      assertThat(unpacked(packed, before)).isEqualTo(now);
    }
  }

  private static double number(Random random) {
    return switch (random.nextInt(9)) {
      case 0 -> random.nextInt(1000);
      case 1 -> random.nextDouble();
      case 2 -> Double.longBitsToDouble(random.nextLong());
      case 3 -> -0.0;
      case 4 -> Double.NEGATIVE_INFINITY;
      case 5 -> Double.NaN;
      case 6 -> random.nextLong();
      case 7 -> random.nextInt(100_000_000) / 1e6;
      default -> 0;
    };
  }

  static Stream<Arguments> changes() {
    return Stream.of(
        arguments("none", 5.0, 5.0, 1),
        arguments("not there any more", Double.NaN, 5.0, 2),
        arguments("still not there", Double.NaN, Double.NaN, 1),
        arguments("by less than 128", 132.0, 5.0, 3),
        arguments("down by 128", -123.0, 5.0, 3),
        arguments("by 128", 133.0, 5.0, 4),
        arguments("from nothing known", 133.0, Double.NaN, 4),
        arguments("by a millionth", 5.000001, 5.0, 3),
        arguments("by less than half a second", 5.4, 5.0, 5),
        arguments("of what is no millionth", 5.0000001, 5.0, 10),
        arguments("from what is no millionth", 5.5, 5.0000001, 5),
        arguments("from what is too large for millionths", 5.5, 1e12, 5),
        arguments("by the most that six bytes hold", 0x1p47 - 1, 0.0, 8),
        arguments("by more than six bytes hold", 0x1p47, 0.0, 10),
        arguments("by the most millionths that six bytes hold", 140_737_488.355327, 0.0, 8),
        arguments("by more millionths than six bytes hold", 140_737_488.355328, 0.0, 10),
        arguments("of the sign of nothing", -0.0, 0.0, 10),
        arguments("beyond what is exact", 0x1p60, 5.0, 10));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("changes")
  void takesAsMuchAsItChanged(String change, double now, double before, int bytes) {
    byte[] packed = packed(new double[] {now}, new double[] {before});

    assertThat(packed).as(change).hasSize(bytes);
    assertThat(unpacked(packed, new double[] {before})).containsExactly(now);
  }

  @Test
  void whatWasCutIsRefused() {
    double[] before = {1, 2, 3, 4};
    byte[] packed = packed(new double[] {1000, Double.NaN, 0.1234, 4}, before);
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> unpacked(cut, before)).isInstanceOf(BufferUnderflowException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 14})
  void kindThatThereIsNotIsRefused(int kind) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> unpacked(new byte[] {(byte) 0x80, (byte) (kind << 4)}, new double[1]))
        .withMessage("number of kind " + kind + ": expected 1 to 13");
  }

  private static byte[] packed(double[] now, double[] before) {
    Packer out = new Packer();
    Changes.put(out, now, before);
    return out.bytes();
  }

  private static double[] unpacked(byte[] packed, double[] before) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    double[] numbers = Changes.get(in, before);
    assertThat(in.hasRemaining()).isFalse();
    return numbers;
  }
}
