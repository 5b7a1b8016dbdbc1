package dev.hognose.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hognose.leak.ServiceWord.Sharing;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Words of a service come back, and take few bytes. */
class WordPackingTest {

  private static final long START = Instant.parse("2026-11-20T10:00:00Z").toEpochMilli();

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void anyWordsComeBack(int seed) {
    Random random = new Random(seed);
    for (int i = 0; i < 200; i++) {
      List<ServiceWord> words = new ArrayList<>();
      for (int left = random.nextInt(UnheardWords.MOST + 1); left > 0; left--) {
        words.add(RandomLives.word(random, random.nextInt(5) > 0));
      }
      UnheardWords unheard = new UnheardWords(words);

      assertThat(UnheardWords.unpack(unheard.pack())).isEqualTo(unheard);
      for (ServiceWord word : words) {
        assertThat(ServiceWord.unpack(word.pack())).isEqualTo(word);
      }
    }
  }

  @Test
  void wordsThatFollowEachOtherTakeAFewBytesEach() {
    List<ServiceWord> words = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      words.add(
          new ServiceWord(
              "web-1/17",
              START,
              Instant.ofEpochMilli(START + i * 960_000L),
              Optional.empty(),
              false,
              Stand.NONE,
              new Sharing(0, 1, "1.4.2", false),
              Optional.empty(),
              Footprint.ofKib(100_000 + i * 7919 % 4096, 524_288)));
    }

    assertThat(words.get(0).pack().length).isLessThan(64);
    assertThat(new UnheardWords(words).pack().length).isLessThan(160);
  }

  @Test
  void severalWordsAreNotOne() {
    byte[] none = UnheardWords.NONE.pack();

    assertThatThrownBy(() -> ServiceWord.unpack(none))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("0 words: expected 1");
  }
}
