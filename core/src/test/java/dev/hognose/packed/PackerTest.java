package dev.hognose.packed;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackerTest {

  @Test
  void numbersAreReadByAByteBuffer() {
    byte[] bytes =
        new Packer()
            .put((byte) 7)
            .putInt(-2)
            .putLong(Long.MIN_VALUE + 3)
            .putDouble(-0.1)
            .put(new byte[] {1, 2})
            .putLowest(0x123456, 2)
            .bytes();
    ByteBuffer in = ByteBuffer.wrap(bytes);

    assertThat(in.get()).isEqualTo((byte) 7);
    assertThat(in.getInt()).isEqualTo(-2);
    assertThat(in.getLong()).isEqualTo(Long.MIN_VALUE + 3);
    assertThat(in.getDouble()).isEqualTo(-0.1);
    assertThat(in.getShort()).isEqualTo((short) 0x0102);
    assertThat(in.getShort()).isEqualTo((short) 0x3456);
    assertThat(in.hasRemaining()).isFalse();
  }

  /** Around the room that it has at first, and twice that. */
  @ParameterizedTest
  @ValueSource(ints = {0, 505, 511, 512, 513, 1017, 1024, 1025, 5000})
  void itGrowsAsBytesCome(int before) {
    Packer out = new Packer();
    for (int i = 0; i < before; i++) {
      out.put((byte) i);
    }
    out.putLong(42);
    out.put(new byte[before]);

    ByteBuffer in = ByteBuffer.wrap(out.bytes());
    assertThat(in.capacity()).isEqualTo(2 * before + Long.BYTES);
    for (int i = 0; i < before; i++) {
      assertThat(in.get()).isEqualTo((byte) i);
    }
    assertThat(in.getLong()).isEqualTo(42);
    assertThat(Arrays.copyOfRange(in.array(), in.position(), in.capacity()))
        .isEqualTo(new byte[before]);
  }

  @Test
  void moreThanTwiceItsRoomComesInOne() {
    byte[] all = new byte[5000];
    all[4999] = 7;

    assertThat(new Packer().put((byte) 1).put(all).bytes()).hasSize(5001).endsWith(7);
  }

  @Test
  void whatWasTakenIsNotChangedByWhatComesAfter() {
    Packer out = new Packer().put((byte) 1);
    byte[] first = out.bytes();
    out.clear().put((byte) 2);

    assertThat(first).containsExactly(1);
    assertThat(out.bytes()).containsExactly(2);
  }
}
