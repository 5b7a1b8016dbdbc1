package dev.hognose.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.fixture.Cut;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {

  @ParameterizedTest
  @CsvSource({"'', 1", "orders, 7", "Käse, 6", "蛇🐍, 8"})
  void textComesBackAndWhatFollowsItIsNotRead(String text, int bytes) {
    Packer out = new Packer();
    PackedText.put(out, text);
    assertThat(out.bytes()).hasSize(bytes);
    PackedText.put(out, "next");
    ByteBuffer in = ByteBuffer.wrap(out.bytes());

    assertThat(PackedText.get(in)).isEqualTo(text);
    assertThat(PackedText.get(in)).isEqualTo("next");
    assertThat(in.hasRemaining()).isFalse();
  }

  /** No room is taken for it before. */
  @ParameterizedTest
  @ValueSource(longs = {3, 1L << 31, 1L << 32, Long.MAX_VALUE, -1, Long.MIN_VALUE})
  void moreTextThanThereAreBytesIsRefused(long length) {
    Packer out = new Packer();
    Varint.put(out, length);
    out.put(new byte[] {'a', 'b'});

    assertThatThrownBy(() -> PackedText.get(ByteBuffer.wrap(out.bytes())))
        .isInstanceOf(BufferUnderflowException.class);
  }

  @Test
  void whatWasCutIsRefused() {
    Packer out = new Packer();
    PackedText.put(out, "orders");
    Cut.isRefused(out.bytes(), PackedText::get);
  }
}
