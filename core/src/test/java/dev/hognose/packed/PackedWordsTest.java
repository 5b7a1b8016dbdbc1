package dev.hognose.packed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.fixture.Cut;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackedWordsTest {

  @Test
  void aWordIsToldOnce() {
    assertThat(packed("web-1", "web-1", "web-1")).hasSize(1 + 1 + 5 + 1 + 1);
  }

  @Test
  void aKnownWordIsNeverTold() {
    assertThat(packed("count", "", "checkout")).containsExactly(2, 1, 3);
  }

  private static byte[] packed(String... all) {
    PackedWords words = words();
    Packer out = new Packer();
    Stream.of(all).forEach(word -> words.put(out, word));
    return out.bytes();
  }

  private static PackedWords words() {
    return new PackedWords("", "count", "checkout");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyWordsSurvive(int seed) {
    Random random = new Random(seed);
    List<String> all = random.ints(300, 0, 200).mapToObj(PackedWordsTest::word).toList();
    // One of them is known twice.
    String[] known = {word(7), word(7), "count", word(8)};
    PackedWords written = new PackedWords(known);
    Packer out = new Packer();
    all.forEach(word -> written.put(out, word));

    PackedWords read = new PackedWords(known);
    ByteBuffer in = ByteBuffer.wrap(out.bytes());
    assertThat(Stream.generate(() -> read.get(in)).limit(all.size())).isEqualTo(all);
    assertThat(in.hasRemaining()).isFalse();
  }

  private static String word(int number) {
    return number == 0 ? "" : number == 1 ? "count" : "wörd " + number;
  }

  @ParameterizedTest
  @ValueSource(longs = {4, Long.MAX_VALUE, -1})
  void aWordThatDidNotComeBeforeIsRefused(long code) {
    Packer spoilt = new Packer();
    Varint.put(spoilt, code);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> words().get(ByteBuffer.wrap(spoilt.bytes())))
        .withMessage("word " + code + ": expected at most 3");
  }

  @Test
  void aWordThatWasCutIsRefused() {
    Cut.isRefused(packed("web-1"), cut -> words().get(cut));
  }
}
