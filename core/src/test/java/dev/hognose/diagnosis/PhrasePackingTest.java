package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.hognose.fixture.Cut;
import dev.hognose.packed.PackedWords;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A phrase comes back as it was, and what spoilt bytes say is refused before it is long. */
class PhrasePackingTest {

  private static final String CULPRIT = "worker-3";
  private static final String PLACE = "load (shop/orders.py:88)";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0",
        "7",
        "no number, no name",
        "12.05 of 0.1 and 007",
        "999999999999999999 is told as a number",
        "1000000000000000000 has a digit too many",
        "worker-3",
        "9 of worker-3, worker-3 and worker-31",
        "1worker-33",
        "14 resources were not closed within 16 min, in load (shop/orders.py:88)",
        "load (shop/orders.py:88)load (shop/orders.py:8",
        "١٢ are digits elsewhere",
      })
  void aPhraseSurvives(String phrase) {
    survives(phrase);
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3})
  void anyPhraseSurvives(int seed) {
    Random random = new Random(seed);
    List<String> parts = List.of("0", "1", "42", ".", " of ", CULPRIT, PLACE, "worker", "ö");
    for (int i = 0; i < 500; i++) {
      survives(
          random
              .ints(random.nextInt(12), 0, parts.size())
              .mapToObj(parts::get)
              .collect(Collectors.joining()));
    }
  }

  private static void survives(String phrase) {
    for (List<String> names : List.of(List.of(CULPRIT, PLACE), List.of("", ""))) {
      ByteBuffer in = ByteBuffer.wrap(packed(phrase, names.get(0), names.get(1)));

      assertThat(PhrasePacking.get(in, names.get(0), names.get(1), words())).isEqualTo(phrase);
      assertThat(in.hasRemaining()).isFalse();
    }
  }

  @Test
  void whatDiffersInNumbersIsToldOnce() {
    PackedWords words = words();
    Packer out = new Packer();
    PhrasePacking.put(out, "99 cats within 12 min, in worker-3", CULPRIT, "", words);
    int first = out.bytes().length;
    PhrasePacking.put(out, "98 cats within 124 min, in worker-3", CULPRIT, "", words);

    assertThat(out.bytes()).hasSize(first + 8);
  }

  @Test
  void aPhraseThatWasCutIsRefused() {
    Cut.isRefused(
        packed("14 of worker-3 within 16 min, in " + PLACE, CULPRIT, PLACE),
        cut -> PhrasePacking.get(cut, CULPRIT, PLACE, words()));
  }

  @Test
  void aLongPhraseSurvivesInOnePart() {
    survives("7 times ".repeat(250));
    survives("7 times ".repeat(251));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void aLongPhraseOfPartsIsRefused(int more) {
    Packer spoilt = new Packer();
    words().put(spoilt, "ab");
    for (int left = 1998 / 2 + more; left > 0; left--) {
      Varint.put(spoilt, 4);
      words().put(spoilt, "x");
    }
    Varint.put(spoilt, 0);
    ByteBuffer in = ByteBuffer.wrap(spoilt.bytes());

    if (more == 0) {
      assertThat(PhrasePacking.get(in, "", "", words())).hasSize(2000);
    } else {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> PhrasePacking.get(in, "", "", words()))
          .withMessage("phrase of more than 2000 characters in parts: expected a shorter one");
    }
  }

  @Test
  void aNumberBelowNoneIsRefused() {
    Packer spoilt = new Packer();
    words().put(spoilt, "ab");
    Varint.put(spoilt, -1);

    assertThatIllegalArgumentException()
        .isThrownBy(() -> PhrasePacking.get(ByteBuffer.wrap(spoilt.bytes()), "", "", words()))
        .withMessage("number below 0 in a phrase: expected 0 or more");
  }

  private static byte[] packed(String phrase, String culprit, String place) {
    Packer out = new Packer();
    PhrasePacking.put(out, phrase, culprit, place, words());
    return out.bytes();
  }

  private static PackedWords words() {
    return new PackedWords("");
  }
}
