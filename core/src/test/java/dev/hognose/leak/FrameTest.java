package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every packed state has around it. */
class FrameTest {

  private static final Frame FRAME = new Frame("thing", (byte) 3);
  private static final byte[] PACKED = FRAME.write(out -> out.putInt(42));

  @Test
  void whatWasWrittenIsReadAndTakesNoMoreThanItNeeds() {
    assertThat(PACKED).hasSize(1 + Integer.BYTES + Integer.BYTES);
    assertThat(FRAME.<Integer>read(PACKED, ByteBuffer::getInt)).isEqualTo(42);
    assertThat(FRAME.<Boolean>read(FRAME.write(out -> {}), in -> !in.hasRemaining())).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 4})
  void whatHasNoRoomForACheckIsRefused(int length) {
    refuses(
        Arrays.copyOf(PACKED, length),
        "thing of " + length + " bytes: expected a version and a checksum");
  }

  @Test
  void anotherVersionIsRefusedBeforeItsChecksum() {
    byte[] other = PACKED.clone();
    other[0] = 4;

    refuses(other, "thing version 4: expected 3");
  }

  @Test
  void anotherChecksumIsRefused() {
    byte[] changed = PACKED.clone();
    changed[1] ^= 1;

    assertThatIllegalArgumentException()
        .isThrownBy(() -> FRAME.read(changed, ByteBuffer::getInt))
        .withMessageMatching("thing with checksum [0-9a-f]{8}: expected [0-9a-f]{8}");
  }

  @Test
  void otherContentIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FRAME.read(PACKED, ByteBuffer::getShort))
        .withMessage("thing with 2 bytes too many: expected none");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FRAME.read(PACKED, ByteBuffer::getLong))
        .withMessage("thing of 9 bytes: expected more, or other counts");
  }

  private static void refuses(byte[] packed, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FRAME.read(packed, ByteBuffer::getInt))
        .withMessage(message);
  }
}
