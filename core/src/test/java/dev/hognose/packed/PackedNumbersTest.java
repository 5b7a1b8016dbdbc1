package dev.hognose.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Single numbers come back, and the usual ones are short. */
class PackedNumbersTest {

  @ParameterizedTest
  @CsvSource({
    "0, 1, 1",
    "127, 1, 2",
    "128, 2, 2",
    "-1, 10, 1",
    "-64, 10, 1",
    "64, 1, 2",
    "9223372036854775807, 9, 10",
    "-9223372036854775808, 10, 10"
  })
  void wholeNumbersTakeSevenBitsAByte(long number, int bytes, int signedBytes) {
    ByteBuffer out = ByteBuffer.allocate(2 * Varint.MOST_BYTES);
    Varint.put(out, number);
    assertThat(out.position()).isEqualTo(bytes);
    Varint.putSigned(out, number);
    assertThat(out.position()).isEqualTo(bytes + signedBytes);

    out.flip();
    assertThat(Varint.get(out)).isEqualTo(number);
    assertThat(Varint.getSigned(out)).isEqualTo(number);
  }

  @Test
  void aNumberWithoutAnEndIsRefused() {
    byte[] endless = new byte[11];
    Arrays.fill(endless, (byte) 0x80);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Varint.get(ByteBuffer.wrap(endless)))
        .withMessage("number of more than 10 bytes: expected 64 bits");
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "1, 3", "1024, 3", "0.75, 3", "14, 3", "0.1, 9", "NaN, 3", "-Infinity, 3"})
  void roundFiguresAreShort(double number, int bytes) {
    ByteBuffer out = ByteBuffer.allocate(PackedDouble.MOST_BYTES);
    PackedDouble.put(out, number);
    assertThat(out.position()).isEqualTo(bytes);

    out.flip();
    assertThat(PackedDouble.get(out)).isEqualTo(Double.valueOf(number));
  }

  @Test
  void anyDoubleComesBack() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      double number = Double.longBitsToDouble(random.nextLong() << random.nextInt(64));
      ByteBuffer out = ByteBuffer.allocate(PackedDouble.MOST_BYTES);
      PackedDouble.put(out, number);
      out.flip();
      assertThat(Double.doubleToRawLongBits(PackedDouble.get(out)))
          .isEqualTo(Double.doubleToRawLongBits(number));
    }
  }

  @ParameterizedTest
  @ValueSource(bytes = {9, -1})
  void aDoubleOfMoreThanEightBytesIsRefused(byte length) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PackedDouble.get(ByteBuffer.wrap(new byte[] {length, 0, 0})))
        .withMessage("number of " + length + " bytes: expected 0 to 8");
  }

  @Test
  void equalDoublesAreToldOnce() {
    assertThat(bytesOfAll(0.1, 0.1, 0.1)).isEqualTo(10);
    assertThat(bytesOfAll(0.1, 0.1, 0.2)).isEqualTo(28);
    assertThat(bytesOfAll(0.0, -0.0)).isEqualTo(1 + 1 + 2);
    assertThat(bytesOfAll()).isEqualTo(1);
  }

  private static int bytesOfAll(double... numbers) {
    ByteBuffer out = ByteBuffer.allocate(64);
    PackedDouble.putAll(out, numbers);
    out.flip();
    int bytes = out.limit();
    assertThat(PackedDouble.getAll(out, numbers.length)).isEqualTo(numbers);
    assertThat(out.hasRemaining()).isFalse();
    return bytes;
  }
}
