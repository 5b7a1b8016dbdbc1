package dev.hognose.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LargestTest {

  private static final Largest.Moves NOBODY = new Largest.Moves(Optional.empty(), Optional.empty());

  private final Largest<Cost> largest = new Largest<>(2);

  private record Cost(String key, int cost) implements Largest.Rank, Comparable<Cost> {
    @Override
    public int compareTo(Cost other) {
      return Comparator.comparingInt(Cost::cost).thenComparing(Cost::key).compare(this, other);
    }
  }

  @Test
  void whereThereIsRoomEachIsToldApart() {
    assertThat(put("a", 1)).isEqualTo(raised("a"));
    assertThat(put("b", 5)).isEqualTo(raised("b"));
    assertThat(largest.isApart("shop", "a")).isTrue();
    assertThat(largest.rest("shop")).isEmpty();
    assertThat(largest.least("shop")).isEmpty();
    assertThat(largest.size("shop")).isEqualTo(2);
  }

  @Test
  void whoCostsMoreTakesThePlaceOfWhoCostsLeast() {
    put("a", 1);
    put("b", 5);

    assertThat(put("c", 3)).isEqualTo(new Largest.Moves(Optional.of("a"), Optional.of("c")));
    assertThat(put("d", 2)).isEqualTo(NOBODY);
    assertThat(largest.rest("shop")).containsExactly("a", "d");
    assertThat(largest.least("shop")).contains("a");
    assertThat(largest.isApart("shop", "d")).isFalse();
    assertThat(largest.size("shop")).isEqualTo(4);
  }

  @Test
  void whoCostsLessThanBeforeLosesItsPlace() {
    put("a", 4);
    put("b", 5);
    put("c", 3);

    assertThat(put("b", 4)).isEqualTo(NOBODY);
    assertThat(put("b", 1)).isEqualTo(new Largest.Moves(Optional.of("b"), Optional.of("c")));
    assertThat(largest.size("shop")).isEqualTo(3);
  }

  @Test
  void aRoomIsTakenWhenAnotherOneChanges() {
    put("a", 4);
    put("b", 5);
    put("c", 3);
    largest.remove("shop", "a");
    largest.remove("shop", "unknown");

    assertThat(largest.isApart("shop", "a")).isFalse();
    assertThat(largest.isApart("shop", "c")).isFalse();
    assertThat(put("d", 1)).isEqualTo(raised("c"));
    assertThat(largest.rest("shop")).containsExactly("d");
  }

  @Test
  void servicesDoNotShareTheirRoom() {
    put("a", 1);
    put("b", 1);

    assertThat(largest.put("other", new Cost("a", 0))).isEqualTo(raised("a"));
    largest.remove("other", "a");
    largest.remove("none", "a");
    assertThat(largest.size("other")).isZero();
    assertThat(largest.rest("other")).isEmpty();
    assertThat(largest.least("other")).isEmpty();
    assertThat(largest.isApart("other", "a")).isFalse();
    assertThat(largest.size("shop")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void thoseThatCostMostAreApartWhateverCameFirst(long seed) {
    Random random = new Random(seed);
    Largest<Cost> some = new Largest<>(1 + random.nextInt(5));
    int most = 1 + new Random(seed).nextInt(5);
    Map<String, Cost> known = new TreeMap<>();
    for (int i = 0; i < 300; i++) {
      Cost cost = new Cost("k" + random.nextInt(12), random.nextInt(20));
      final Set<String> before = costliest(known, most);
      known.put(cost.key(), cost);
      Set<String> after = costliest(known, most);

      Largest.Moves moves = some.put("shop", cost);

      assertThat(moves.raised()).isEqualTo(only(after, before));
      assertThat(moves.lowered()).isEqualTo(only(before, after));
      for (String key : known.keySet()) {
        assertThat(some.isApart("shop", key))
            .as("seed %d: %s", seed, key)
            .isEqualTo(after.contains(key));
      }
      assertThat(some.size("shop")).isEqualTo(known.size());
    }
  }

  private Largest.Moves put(String key, int cost) {
    return largest.put("shop", new Cost(key, cost));
  }

  private static Largest.Moves raised(String key) {
    return new Largest.Moves(Optional.empty(), Optional.of(key));
  }

  private static Set<String> costliest(Map<String, Cost> known, int most) {
    return known.values().stream()
        .sorted(Comparator.reverseOrder())
        .limit(most)
        .map(Cost::key)
        .collect(Collectors.toSet());
  }

  private static Optional<String> only(Set<String> these, Set<String> those) {
    Set<String> alone = new HashSet<>(these);
    alone.removeAll(those);
    return alone.stream().findFirst();
  }
}
