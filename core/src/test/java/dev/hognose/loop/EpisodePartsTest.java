package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.LoopBlock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What an episode is put together of is the same in any order. */
class EpisodePartsTest {

  @ParameterizedTest
  @CsvSource({"600000, false", "599999, true", "-5000, true", "-611999, true", "-612000, false"})
  void episodesAreOneWithinTheQuietTime(long laterMs, boolean near) {
    Extent one = new Extent(T0, T0.plusSeconds(10));
    Extent other =
        new Extent(one.until().plusMillis(laterMs), one.until().plusMillis(laterMs + 2_000));

    assertThat(one.isNear(other, Duration.ofMinutes(10))).isEqualTo(near);
    assertThat(other.isNear(one, Duration.ofMinutes(10))).isEqualTo(near);
  }

  /** Longer, then ended, then earlier, then of the lower number. */
  @Test
  void theWorstIsTheSameInAnyOrder() {
    List<Worst> worstFirst =
        List.of(
            worst(5, 9_000, false, 30),
            worst(4, 4_000, true, 30),
            worst(1, 4_000, false, 10),
            worst(2, 4_000, false, 10),
            worst(3, 4_000, false, 20));
    for (int i = 0; i < worstFirst.size(); i++) {
      for (int j = i; j < worstFirst.size(); j++) {
        assertThat(worstFirst.get(i).or(worstFirst.get(j))).isSameAs(worstFirst.get(i));
        assertThat(worstFirst.get(j).or(worstFirst.get(i))).isSameAs(worstFirst.get(i));
      }
    }
  }

  private static Worst worst(long id, long forMs, boolean ended, long atSeconds) {
    return new Worst(
        new BlockId(1, id),
        T0.plusSeconds(atSeconds),
        Duration.ofMillis(forMs),
        ended,
        Optional.empty(),
        false,
        new LoopBlock.TimeSplit(
            Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO));
  }

  @Test
  void ofThousandsOfProcessesTheLowestDigestsAreCounted() {
    Affected many = new Affected(new TreeSet<>());
    for (long digest = 1_500; digest > 0; digest--) {
      many = many.and(Affected.one(digest));
    }

    assertThat(many.count()).isEqualTo(1_000);
    assertThat(many.processes().last()).isEqualTo(1_000);
    assertThat(many.and(Affected.one(1_000))).isSameAs(many);
  }
}
