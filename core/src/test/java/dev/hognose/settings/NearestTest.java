package dev.hognose.settings;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestTest {

  @Test
  void theThreeMostAlikeAreToldTheMostAlikeFirst() {
    assertThat(Nearest.to("kitten", List.of("b", "sitting", "kittens", "mitten", "kitchen")))
        .isEqualTo("kittens, mitten, kitchen");
  }

  @Test
  void lettersThatAreMissingCountAsMuchAsOthers() {
    assertThat(Nearest.to("ab", List.of("abcdef", "xy", "abc"))).isEqualTo("abc, xy, abcdef");
  }

  /** One letter of five may be wrong: added, dropped or changed. */
  @ParameterizedTest
  @CsvSource({
    "abcde, abcde, true",
    "abcde, abcdX, true",
    "abcde, abcdef, true",
    "abcde, abcd, true",
    "abcde, Xabcd, false",
    "abcd, abcX, false",
    "abcdefghij, XbcdefghiX, true",
    "abcdefghij, XbcdeXghiX, false",
    "abcde, '', false"
  })
  void oneSlipInFiveLettersIsLikeIt(String written, String name, boolean isLike) {
    assertThat(Nearest.isLikeOne(written, List.of("something else", name))).isEqualTo(isLike);
  }
}
