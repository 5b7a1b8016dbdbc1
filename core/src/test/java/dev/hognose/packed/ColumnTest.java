package dev.hognose.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns come back to the last bit, and are as short as their numbers differ little. */
class ColumnTest {

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void whateverIsInItComesBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 2000; i++) {
      int bits = 1 + random.nextInt(64);
      long from = random.nextLong();
      long step = random.nextInt(1000);
      long[] numbers =
          LongStream.range(0, random.nextInt(40))
              .map(n -> from + n * step + (random.nextLong() >>> (64 - bits)))
              .toArray();

      byte[] packed = packed(numbers);

      assertThat(packed).hasSizeLessThanOrEqualTo(2 + 10 + 10 + numbers.length * Long.BYTES);
      assertThat(unpacked(packed, numbers.length)).isEqualTo(numbers);
    }
  }

  static Stream<Arguments> sizes() {
    return Stream.of(
        arguments("none", new long[0], 0),
        arguments("one small number", new long[] {63}, 1),
        arguments("one larger number", new long[] {64}, 2),
        arguments("the same", LongStream.range(0, 30).map(n -> 5).toArray(), 2),
        arguments("even steps", LongStream.range(0, 30).map(n -> 7 * n).toArray(), 3),
        arguments("two values", LongStream.range(0, 32).map(n -> n * n % 3).toArray(), 7),
        arguments("4 bits each", new long[] {0, 15, 3, 8, 12, 1, 9, 6}, 7),
        arguments(
            "multiples of a power of two",
            LongStream.of(0, 15, 3, 8, 12, 1, 9, 6).map(n -> n << 30).toArray(),
            7),
        arguments("both ends", new long[] {Long.MIN_VALUE, Long.MAX_VALUE, 0}, 38));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("sizes")
  void takesAsMuchAsNumbersDiffer(String name, long[] numbers, int bytes) {
    assertThat(packed(numbers)).as(name).hasSize(bytes);
    assertThat(unpacked(packed(numbers), numbers.length)).isEqualTo(numbers);
  }

  @Test
  void whatWasCutIsRefused() {
    long[] numbers = {1, 1000, 5, 77};
    byte[] packed = packed(numbers);
    for (int length = 0; length < packed.length; length++) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> unpacked(cut, numbers.length))
          .isInstanceOf(BufferUnderflowException.class);
    }
  }

  @ParameterizedTest
  @CsvSource({"65, 0", "60, 5", "1, -1", "193, 0"})
  void moreThanANumberHasIsRefused(int width, byte shift) {
    byte[] spoilt = new byte[64];
    spoilt[0] = (byte) width;
    spoilt[1] = shift;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> unpacked(spoilt, 3))
        .withMessageStartingWith("column of ")
        .withMessageEndingWith("expected at most 64");
  }

  private static byte[] packed(long[] numbers) {
    Packer out = new Packer();
    Column.put(out, numbers);
    return out.bytes();
  }

  private static long[] unpacked(byte[] packed, int count) {
    ByteBuffer in = ByteBuffer.wrap(packed);
    long[] numbers = Column.get(in, count);
    assertThat(in.hasRemaining()).isFalse();
    return numbers;
  }
}
