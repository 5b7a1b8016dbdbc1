package dev.hognose.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
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
    Packer out = new Packer();
    Varint.put(out, number);
    assertThat(out.bytes()).hasSize(bytes);
    Varint.putSigned(out, number);
    assertThat(out.bytes()).hasSize(bytes + signedBytes);

    ByteBuffer in = ByteBuffer.wrap(out.bytes());
    assertThat(Varint.get(in)).isEqualTo(number);
    assertThat(Varint.getSigned(in)).isEqualTo(number);
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
    Packer out = new Packer();
    PackedDouble.put(out, number);

    assertThat(out.bytes()).hasSize(bytes);
    assertThat(PackedDouble.get(ByteBuffer.wrap(out.bytes()))).isEqualTo(Double.valueOf(number));
  }

  @Test
  void aSmallNumberIsHeldToThirtyTwoBits() {
    Packer out = new Packer();
    Varint.putSigned(out, Integer.MIN_VALUE);
    Varint.putSigned(out, Integer.MIN_VALUE - 1L);
    ByteBuffer in = ByteBuffer.wrap(out.bytes());

    assertThat(Varint.getInt(in)).isEqualTo(Integer.MIN_VALUE);
    assertThatExceptionOfType(ArithmeticException.class).isThrownBy(() -> Varint.getInt(in));
  }

  @Test
  void timesAreOfMilliseconds() {
    Instant time = Instant.parse("1969-12-31T23:59:59.001Z");
    Instant later = time.plusMillis(63);
    Packer out = new Packer();
    PackedTime.put(out, time);
    PackedTime.putAfter(out, later.plusNanos(9), time);
    ByteBuffer in = ByteBuffer.wrap(out.bytes());

    assertThat(in.capacity()).isEqualTo(2 + 1);
    assertThat(PackedTime.get(in)).isEqualTo(time);
    assertThat(PackedTime.getAfter(in, time)).isEqualTo(later);
  }

  @ParameterizedTest
  @CsvSource({
    "PT0S, 1, PT0S",
    "PT0.000000127S, 1, PT0.000000127S",
    "PT2.5S, 5, PT2.5S",
    "P106751DT23H47M16.854775806S, 9, P106751DT23H47M16.854775806S",
    "P106751DT23H47M16.854775808S, 9, P106751DT23H47M16.854775807S",
    "P300000D, 9, P106751DT23H47M16.854775807S"
  })
  void durationsAreOfNanosecondsUpTo292Years(Duration duration, int bytes, Duration read) {
    Packer out = new Packer();
    PackedDuration.put(out, duration);

    assertThat(out.bytes()).hasSize(bytes);
    assertThat(PackedDuration.get(ByteBuffer.wrap(out.bytes()))).isEqualTo(read);
  }

  @Test
  void anyDoubleComesBack() {
    Random random = new Random(7);
    for (int i = 0; i < 2000; i++) {
      double number = Double.longBitsToDouble(random.nextLong() << random.nextInt(64));
      Packer out = new Packer();
      PackedDouble.put(out, number);
      assertThat(Double.doubleToRawLongBits(PackedDouble.get(ByteBuffer.wrap(out.bytes()))))
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
    Packer out = new Packer();
    PackedDouble.putAll(out, numbers);
    ByteBuffer in = ByteBuffer.wrap(out.bytes());
    assertThat(PackedDouble.getAll(in, numbers.length)).isEqualTo(numbers);
    assertThat(in.hasRemaining()).isFalse();
    return in.capacity();
  }
}
