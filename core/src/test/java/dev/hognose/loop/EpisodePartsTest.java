package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an episode is put together of is the same in any order. */
class EpisodePartsTest {

  /** A block that lasts has room for five of them. */
  private static final Frame LONG = new Frame("f".repeat(500), 41, "g".repeat(300));

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
  void whatIsOnlyInSumsAddsUpInAnyOrder() {
    Tally one = sums(3, 5, 0);
    Tally other = sums(4, 7, 9);

    assertThat(one.and(other)).isEqualTo(sums(7, 12, 9));
    assertThat(other.and(one)).isEqualTo(sums(7, 12, 9));
    assertThat(one.and(Tally.NONE)).isEqualTo(one);
    assertThat(Tally.NONE.and(one)).isEqualTo(one);
  }

  /** Of one loop in one minute: two tellings of what it lost become one. */
  @Test
  void whatFoldedBlocksCostALoopAddsUpInAnyOrder() {
    LoopMinute minute = new LoopMinute(7, 1);
    LoopMinute other = new LoopMinute(8, 1);
    LoopMinutes one = costs(minute, 2, 5, 10);
    LoopMinutes more = costs(minute, 3, 7, 9);

    assertThat(one.and(more)).isEqualTo(costs(minute, 5, 12, 10));
    assertThat(more.and(one)).isEqualTo(costs(minute, 5, 12, 10));
    assertThat(one.and(costs(other, 1, 1, 70)).costs()).containsOnlyKeys(minute, other);
    assertThat(one.and(LoopMinutes.NONE)).isEqualTo(one);
    assertThat(LoopMinutes.NONE.and(one)).isEqualTo(one);
  }

  private static LoopMinutes costs(
      LoopMinute minute, long blocks, long lostSeconds, long untilSeconds) {
    LoopCost cost =
        new LoopCost(blocks, Duration.ofSeconds(lostSeconds), T0.plusSeconds(untilSeconds));
    return new LoopMinutes(new TreeMap<>(Map.of(minute, cost)));
  }

  private static Tally sums(long blocks, long lostSeconds, long untilSeconds) {
    return new Tally(
        blocks,
        Duration.ofSeconds(lostSeconds),
        Optional.of(T0.plusSeconds(untilSeconds)),
        LoopMinutes.NONE,
        new TreeMap<>());
  }

  /** Nothing is said of them under their names any more. */
  @Test
  void episodesOfWhoHasNoNameAnyMoreAreJoinedWhereTheyAreNear() {
    Episodes sum =
        Episodes.none(Fingerprint.beyond("orders"))
            .absorb(episodes(1, 0, 7_200), LoopBlockPolicy.DEFAULT)
            .absorb(episodes(2, 300), LoopBlockPolicy.DEFAULT);

    assertThat(sum.all())
        .extracting(each -> each.extent().from(), each -> each.tally().blocks())
        .containsExactly(tuple(T0, 2L), tuple(T0.plusSeconds(7_200), 1L));
    assertThat(sum.all()).flatExtracting(Episode::told).isEmpty();
    assertThat(sum.blocks()).isEqualTo(3);
    assertThat(sum.lost()).isEqualTo(Duration.ofSeconds(6));
  }

  /** Of blocks of two seconds, each of which was told. */
  private static Episodes episodes(int process, long... atSeconds) {
    LoopBlockWatch watch = new LoopBlockWatch(LoopBlockPolicy.DEFAULT);
    Episodes episodes = Episodes.none(Fingerprint.of("orders", block(0, T0, seconds(2))));
    for (long second : atSeconds) {
      LoopBlock block = block(second, T0.plusSeconds(second), seconds(2));
      Event event = event(process(process), second + 1, block);
      episodes = watch.tell(watch.next(episodes, event, block)).episodes();
    }
    assertThat(episodes.all()).flatExtracting(Episode::told).hasSize(atSeconds.length);
    return episodes;
  }

  /** Of the 8 that began last: each has the most that there is room for of one. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void ofBlocksThatNeverEndTheLatestHaveTheirStacksWhateverTheOrder(long seed) {
    List<Seen> unended =
        new ArrayList<>(IntStream.range(0, 40).mapToObj(EpisodePartsTest::unended).toList());
    Collections.shuffle(unended, new Random(seed));
    Tally one = Tally.NONE;
    Tally other = Tally.NONE;
    for (Seen seen : unended) {
      one = one.and(seen, LoopBlockPolicy.DEFAULT);
      Tally alone = Tally.NONE.and(seen, LoopBlockPolicy.DEFAULT);
      other = seen.id().id() % 3 == 0 ? other.and(alone) : other.and(seen, LoopBlockPolicy.DEFAULT);
    }

    assertThat(one).isEqualTo(other);
    assertThat(one.unended()).isEqualTo(40);
    assertThat(one.recent().values())
        .filteredOn(each -> each.stacks().letters() > 0)
        .extracting(Recent::startedAt)
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(32, 40).mapToObj(i -> T0.plusSeconds(i)).toList());
  }

  private static Seen unended(int second) {
    LoopBlock block =
        LoopBlockBuilder.of(second, T0.plusSeconds(second), seconds(1))
            .stacks(List.of(new Stack(Collections.nCopies(9, LONG), 1, "")))
            .lasting(seconds(1))
            .build();
    return Seen.of(event(process(second), 1, block), block);
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

  /** Of two minutes 128 loops each, whatever the order of the processes. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void ofManyLoopsTheSameAreAddedUpInAnyOrder(long seed) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, 300).boxed().toList());
    LoopMinutes inTurn = minutes(order);
    Collections.shuffle(order, new Random(seed));

    assertThat(minutes(order)).isEqualTo(inTurn);
    assertThat(inTurn.costs()).hasSize(256);
    assertThat(inTurn.costs().keySet().stream().map(LoopMinute::begin).distinct())
        .containsExactly(T0.plusSeconds(60), T0.plusSeconds(120));
    assertThat(inTurn.costs().values())
        .allSatisfy(cost -> assertThat(cost.lost()).isEqualTo(Duration.ofSeconds(2)));
    assertThat(inTurn.and(LoopMinutes.NONE)).isSameAs(inTurn);
    assertThat(LoopMinutes.NONE.and(inTurn)).isEqualTo(inTurn);
  }

  /** Two blocks of a second in each of three minutes. */
  private static LoopMinutes minutes(List<Integer> processes) {
    LoopMinutes minutes = LoopMinutes.NONE;
    for (int second : new int[] {0, 5, 60, 65, 120, 125}) {
      for (int process : processes) {
        LoopBlock block = block(second, T0.plusSeconds(second), seconds(1));
        Seen seen = Seen.of(event(process(process), 1, block), block);
        minutes = minutes.and(seen.id(), seen.block());
      }
    }
    return minutes;
  }
}
