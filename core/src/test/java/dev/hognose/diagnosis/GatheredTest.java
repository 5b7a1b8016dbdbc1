package dev.hognose.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the names of a sample come to, in whatever order they are told. */
class GatheredTest {

  private final Gathered gathered = new Gathered();

  @Test
  void whatHasANameAlreadyIsAddedTo() {
    gathered.add("b", 1);
    gathered.add("a", 10);
    gathered.add("a", 5);
    gathered.add("b", 2);

    assertThat(gathered.sharingNamesOf()).isEqualTo(named(List.of("a", "b"), 15, 3));
    assertThat(gathered.size()).isEqualTo(2);
  }

  @Test
  void theLargerOneStaysWhicheverComesFirst() {
    gathered.atLeast("a", 3);
    gathered.atLeast("a", 5);
    gathered.atLeast("a", 4);
    gathered.atLeast("b", -1);

    assertThat(gathered.sharingNamesOf()).isEqualTo(named(List.of("a", "b"), 5, 0));
  }

  @Test
  void knowsWhichNamesItHas() {
    assertThat(gathered.has("a")).isFalse();

    gathered.add("a", 0);

    assertThat(gathered.has("a")).isTrue();
    assertThat(gathered.has("b")).isFalse();
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3})
  void asManyAsComeAreKeptInTheirOrder(long seed) {
    List<Integer> numbers = IntStream.range(0, 40).boxed().toList();
    List<Integer> shuffled = new ArrayList<>(numbers);
    Collections.shuffle(shuffled, new Random(seed));

    shuffled.forEach(n -> gathered.add("%02d".formatted(n), n));

    assertThat(gathered.sharingNamesOf())
        .isEqualTo(
            named(
                numbers.stream().map("%02d"::formatted).toList(),
                numbers.stream().mapToDouble(n -> n).toArray()));
  }

  @Test
  void theSameNamesAreSharedWithTheFirstThatHasThem() {
    Named other = named(List.of("a"), 7);
    Named known = named(List.of("a", "b"), 8, 9);
    Named sister = named(List.of("a", "b"), 0, 0);
    gathered.add("b", 2);
    gathered.add("a", 1);

    Named taken = gathered.sharingNamesOf(other, known, sister);

    assertThat(taken).isEqualTo(named(List.of("a", "b"), 1, 2));
    assertThat(taken.names()).isSameAs(known.names());
  }

  private static Named named(List<String> names, double... values) {
    return new Named(Names.of(names), values);
  }
}
