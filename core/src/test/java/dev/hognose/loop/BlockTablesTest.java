package dev.hognose.loop;

import static dev.hognose.loop.Blocks.T0;
import static dev.hognose.loop.Blocks.blamed;
import static dev.hognose.loop.Blocks.block;
import static dev.hognose.loop.Blocks.event;
import static dev.hognose.loop.Blocks.lasting;
import static dev.hognose.loop.Blocks.process;
import static dev.hognose.loop.Blocks.seconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.alert.Evidence;
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.loop.LoopBlockStep.Outcome;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Each rule of a block on both sides of its number. */
class BlockTablesTest {

  private final Service service = new Service(LoopBlockPolicy.DEFAULT);

  private static Recent recent(long fromMs, long forMs, boolean ended, String loop) {
    return new Recent(
        T0.plusMillis(fromMs), Duration.ofMillis(forMs), ended, loop, MergedStacks.NONE);
  }

  /** Of a process that began a minute before; the block is told when it has lasted so long. */
  @ParameterizedTest
  @CsvSource({
    "-120000, 1000, 1000, true",
    "-120001, 1000, 1000, false",
    "0, 61000, 1000, true",
    "0, 61001, 1000, false",
    "0, 1000, 601000, true",
    "0, 1000, 601001, false",
  })
  void aBlockWasWhenItsEventSays(long fromMs, long forMs, long saidMs, boolean plausible) {
    LoopBlock block = block(1, T0.plusMillis(fromMs), Duration.ofMillis(forMs));
    Event event =
        new Event(process(1), 1, T0.plusMillis(fromMs < 0 ? -119_000 : saidMs), "", block);

    assertThat(Seen.isPlausible(event, block)).isEqualTo(plausible);
  }

  @ParameterizedTest
  @CsvSource({
    "loop, 0, 100, 49, true",
    "loop, 0, 100, 50, false",
    "loop, 0, 100, 100, false",
    "loop, 49, 100, 0, true",
    "loop, 50, 100, 0, false",
    "loop, 150, 100, 99, false",
    "other, 0, 100, 0, false",
  })
  void twoBlocksOfALoopOverlapByMoreThanIsImprecise(
      String loop, long oneMs, long forMs, long otherMs, boolean overlap) {
    Recent one = recent(oneMs, forMs, true, loop);
    Recent other = recent(otherMs, 100, true, "loop");

    assertThat(one.overlaps(other)).isEqualTo(overlap);
    assertThat(other.overlaps(one)).isEqualTo(overlap);
  }

  @ParameterizedTest
  @CsvSource({
    "100, true, 200, false, true",
    "100, true, 200, true, true",
    "200, false, 200, false, true",
    "200, false, 201, false, false",
    "200, false, 100, true, false",
  })
  void anEventSaysNothingNewOfABlockThatIsKnownAsFar(
      long knownMs, boolean knownEnded, long saidMs, boolean saidEnded, boolean covered) {
    Recent known = recent(0, knownMs, knownEnded, "loop");

    assertThat(known.covers(recent(0, saidMs, saidEnded, "loop"))).isEqualTo(covered);
  }

  /** The share of a minute is 0.6 s; one block alone is judged by its length. */
  @ParameterizedTest
  @CsvSource({"'300,300', 0", "'300,301', 1", "'999', 0", "'1000', 1", "'100,501', 1"})
  void aCulpritIsToldFromASecondOrAShareOfAMinuteOn(String lengthsMs, int alerts) {
    int number = 0;
    for (String each : lengthsMs.split(",", -1)) {
      LoopBlock block =
          block(number, T0.plusSeconds(number), Duration.ofMillis(Long.parseLong(each)));
      service.take(event(process(1), ++number, block));
    }

    assertThat(service.told()).hasSize(alerts);
  }

  /** Two blocks of 0.4 s are more than the share of a minute, if one loop lost them in one. */
  @ParameterizedTest
  @CsvSource({"loop, 30, 1", "other, 30, 0", "loop, 60, 0"})
  void aMinuteIsThatOfOneLoop(String loop, int laterSeconds, int alerts) {
    LoopBlock one = block(1, T0, seconds(0.4));
    LoopBlock two = block(2, T0.plusSeconds(laterSeconds), seconds(0.4));
    service.take(event(process(1), 1, LoopBlockBuilder.like(one).in("loop", "", "").build()));
    service.take(event(process(1), 2, LoopBlockBuilder.like(two).in(loop, "", "").build()));

    assertThat(service.told()).hasSize(alerts);
  }

  /** Twelve blocks of the first episode are only a sum when one between joins it with a second. */
  @Test
  void whatIsOnlyInSumsIsJoinedToo() {
    for (int number = 0; number < 145; number++) {
      long gap = number < 140 ? 0 : 900;
      LoopBlock block = block(number, T0.plusSeconds(number + gap), seconds(0.5));
      service.take(event(process(1), number + 1, block));
    }
    service.take(event(process(2), 1, block(1, T0.plusSeconds(500), seconds(0.5))));

    assertThat(service.told()).hasSize(1);
    assertThat(service.evidence("blocks")).isEqualTo(146);
    assertThat(service.evidence("lost")).isEqualTo(73);
  }

  /** One is told apart of sixteen that are known; the seventeenth has no name any more. */
  @ParameterizedTest
  @CsvSource({"1, 1", "2, 3", "16, 17", "17, 18", "18, 18"})
  void asManyAreKnownAsThereIsRoomFor(int culprits, int kept) {
    Service small = new Service(LoopBlockPolicy.DEFAULT.with("most_culprits", "1"));
    for (int number = 0; number < culprits; number++) {
      LoopBlock block = block(number, T0.plusSeconds(10L * number), seconds(1 + number / 10.0));
      Frame culprit = new Frame("/srv/shop/views.py", 10, "view_" + number);
      small.take(event(process(1), number + 1, blamed(block, culprit, LoopBlock.Cause.CPU)));
    }

    assertThat(small.kept()).isEqualTo(kept);
  }

  @ParameterizedTest
  @CsvSource({"9.999, WARNING", "10, CRITICAL"})
  void tenTimesHardIsCritical(double seconds, Alert.Severity severity) {
    service.take(event(process(1), 1, block(1, T0, seconds(seconds))));

    assertThat(service.last().severity()).isEqualTo(severity);
  }

  /** Five blocks of 1.5 s of two processes were told, with the fourth at last: what comes next. */
  @ParameterizedTest
  @CsvSource({"1, 0.2, 3", "1, 2.999, 3", "1, 3, 4", "3, 0.2, 4"})
  void anotherProcessOrTwiceAsLongABlockIsNews(int process, double seconds, int said) {
    for (int number = 0; number < 5; number++) {
      LoopBlock block = block(number, T0.plusSeconds(2L * number), seconds(1.5));
      service.take(event(process(1 + number % 2), number + 1, block));
    }
    service.take(event(process(process), 9, block(9, T0.plusSeconds(30), seconds(seconds))));

    assertThat(service.history()).hasSize(said);
  }

  /** Of four blocks that are told: the next three are no news, the eighth is. */
  @Test
  void lessThanTwiceAsMuchIsNone() {
    List<Integer> said = new ArrayList<>();
    for (int number = 0; number < 8; number++) {
      LoopBlock block = block(number, T0.plusSeconds(2L * number), seconds(1.5));
      service.take(event(process(1), number + 1, block));
      said.add(service.history().size());
    }

    assertThat(said).containsExactly(1, 2, 2, 3, 3, 3, 3, 4);
  }

  @Test
  void thatTheLongestHasEndedIsNews() {
    LoopBlock whole = block(1, T0, seconds(1.5));
    service.take(event(process(1), 1, lasting(whole, seconds(1))));
    service.take(event(process(1), 2, lasting(whole, seconds(1.2))));
    assertThat(service.history()).hasSize(1);

    service.take(event(process(1), 3, whole));

    assertThat(service.history()).hasSize(2);
    assertThat(service.last().title()).contains("blocked 1.5 s");
  }

  @Test
  void thatItLastsTwiceAsLongIsNews() {
    LoopBlock whole = block(1, T0, seconds(9));
    service.take(event(process(1), 1, lasting(whole, seconds(1))));
    service.take(event(process(1), 2, lasting(whole, seconds(1.999))));
    assertThat(service.history()).hasSize(1);

    service.take(event(process(1), 3, lasting(whole, seconds(2))));

    assertThat(service.history()).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(LoopBlock.Cause.class)
  void eachCauseHasAnAdviceOfItsOwn(LoopBlock.Cause cause) {
    Set<String> others = new HashSet<>();
    Arrays.stream(LoopBlock.Cause.values())
        .filter(other -> other != cause)
        .forEach(other -> others.add(LoopBlockAdvice.on(other)));

    service.take(event(process(1), 1, blamed(block(1, T0, seconds(20)), Blocks.CULPRIT, cause)));

    assertThat(service.last().advice())
        .isEqualTo(LoopBlockAdvice.on(cause))
        .hasSizeGreaterThan(20)
        .isNotIn(others);
  }

  @Test
  void aStackThatCameLateSaysSo() {
    service.take(
        event(process(1), 1, LoopBlockBuilder.like(block(1, T0, seconds(2))).stackLate().build()));

    assertThat(service.last().advice())
        .endsWith(" The stack was taken after the block: C code kept the GIL while it lasted.");
  }

  @Test
  void ofTheLongestBlockTheTimesThatAreAreShown() {
    LoopBlock.TimeSplit split =
        new LoopBlock.TimeSplit(
            Duration.ZERO, Duration.ofMillis(100), Duration.ZERO, Duration.ZERO, seconds(1));
    LoopBlock whole = LoopBlockBuilder.of(1, T0, seconds(15)).split(split).build();
    service.take(event(process(1), 1, lasting(whole, seconds(2))));

    assertThat(service.last().evidence())
        .extracting(Evidence::name)
        .containsExactly(
            "blocks",
            "processes",
            "worst",
            "lost",
            "worst_minute_share",
            "lost_share",
            "first_seen",
            "last_seen",
            "unended",
            "worst_run_queue",
            "worst_gil");
    assertThat(service.evidence("worst_run_queue")).isEqualTo(0.1);
    assertThat(service.evidence("worst_gil")).isEqualTo(1);

    service.take(event(process(1), 2, whole));
    assertThat(service.last().evidence()).extracting(Evidence::name).doesNotContain("unended");
  }

  /** While it lasts its stacks are shown beside those of the blocks that have ended, once. */
  @Test
  void stacksOfWhatLastsAreShownOnce() {
    LoopBlock first = stacked(1, T0, "first", 3);
    LoopBlock second = stacked(2, T0.plusSeconds(10), "second", 2);
    service.take(event(process(1), 1, first));
    service.take(event(process(1), 2, lasting(second, seconds(4))));
    assertThat(service.last().stacks()).extracting(Stack::count).containsExactly(3, 2);

    service.take(event(process(1), 3, second));
    service.quiet();
    assertThat(service.last().stacks()).extracting(Stack::count).containsExactly(3, 2);
  }

  private static LoopBlock stacked(int id, Instant at, String function, int count) {
    return LoopBlockBuilder.of(id, at, seconds(5))
        .stacks(List.of(new Stack(List.of(new Frame("/srv/a.py", 1, function)), count, "T")))
        .build();
  }

  @Test
  void equalStacksAreCountedTogetherTheMostFrequentFirst() {
    MergedStacks one = MergedStacks.of(List.of(stack("a", 1), stack("b", 2), stack("c", 0)));
    MergedStacks both = one.and(MergedStacks.of(List.of(stack("a", 4), stack("b", 2))));

    assertThat(one.and(MergedStacks.NONE)).isSameAs(one);
    assertThat(both.stacks()).containsExactly(stack("a", 5), stack("b", 4), stack("c", 1));
    assertThat(both.within(2 * 7)).isEqualTo(new MergedStacks(both.stacks().subList(0, 2)));
    assertThat(both.within(2 * 7 - 1).stacks()).containsExactly(stack("a", 5));
    assertThat(both.within(3 * 7)).isSameAs(both);
  }

  @Test
  void ofTheFirstStackTheInnermostFramesAreKept() {
    Stack deep = new Stack(List.of(frame("x"), frame("y"), frame("z")), 1, "");

    assertThat(new MergedStacks(List.of(deep)).within(2 * 7 + 6).stacks())
        .containsExactly(new Stack(List.of(frame("y"), frame("z")), 1, ""));
  }

  private static Frame frame(String function) {
    return new Frame("/a.py/", 1, function);
  }

  private static Stack stack(String function, int count) {
    return new Stack(List.of(frame(function)), count, "");
  }

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
  void theVersionIsThatOfTheEarliestBlock() {
    LoopBlock later = block(1, T0.plusSeconds(60), seconds(1.5));
    service.take(new Event(process(1), 1, later.until(), "2.0", later));
    LoopBlock earlier = block(1, T0, seconds(4));
    service.take(new Event(process(2), 1, earlier.until(), "1.0", earlier));

    assertThat(service.last().version()).isEqualTo("1.0");
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

  @ParameterizedTest
  @EnumSource(Outcome.class)
  void anOutcomeIsCountedUnlessItSaysNothing(Outcome outcome) {
    boolean counted =
        Set.of(Outcome.COUNTED, Outcome.END_ONLY, Outcome.OVERLAPPING, Outcome.REST)
            .contains(outcome);

    assertThat(outcome.isCounted()).isEqualTo(counted);
  }

  @Test
  void theWatchSaysWhatIsLeftOpen() {
    LoopBlockWatch watch = new LoopBlockWatch(LoopBlockPolicy.DEFAULT);
    LoopBlock whole = block(1, T0, seconds(30));
    Event event = event(process(1), 1, lasting(whole, seconds(2)));
    Episodes none = Episodes.none(Fingerprint.of("orders", whole));

    LoopBlockStep told = watch.tell(watch.next(none, event, (LoopBlock) event.what()));

    assertThat(watch.unended(none)).isZero();
    assertThat(watch.unended(told.episodes())).isEqualTo(1);
    assertThat(watch.isFiring(none)).isFalse();
    assertThat(watch.isFiring(told.episodes())).isTrue();
    assertThat(watch.quietAt(told.episodes())).isEqualTo(T0.plusSeconds(602));
    assertThat(watch.isFiring(watch.quiet(told.episodes()).episodes())).isFalse();
    assertThat(told.episodes().oldest()).isEqualTo(T0);
  }

  /** A block that lasts is told where it was told first, for as long as that is known. */
  @Test
  void theEndOfABlockIsLookedForWhereItWasTold() {
    LoopBlock block = lasting(block(1, T0, seconds(30)), seconds(2));
    LoopBlock ended = block(1, T0, seconds(30));
    Event event = event(process(1), 1, block);
    Fingerprint rest = Fingerprint.rest("orders");
    Fingerprint beyond = Fingerprint.beyond("orders");
    Culprits none = Culprits.none("orders");
    Culprits told = none.told(event, block, rest);

    assertThat(none.knows(event, block)).isFalse();
    assertThat(none.of(event, block)).isEqualTo(Fingerprint.of("orders", block));
    assertThat(none.told(event, ended, rest)).isSameAs(none);
    assertThat(told.knows(event, block)).isTrue();
    assertThat(told.of(event, ended)).isEqualTo(rest);
    assertThat(told.moved(beyond, rest)).isSameAs(told);
    assertThat(told.moved(rest, beyond).of(event, block)).isEqualTo(beyond);
    assertThat(told.without(beyond)).isSameAs(told);
    assertThat(told.without(rest)).isEqualTo(none);
    assertThat(told.told(event, ended, rest)).isEqualTo(none);
  }

  @Test
  void ofMoreThanAThousandBlocksThatLastTheLatestAreNotKnown() {
    Culprits culprits = Culprits.none("orders");
    Fingerprint rest = Fingerprint.rest("orders");
    LoopBlock last = lasting(block(1_001, T0, seconds(30)), seconds(2));
    for (int id = 1; id <= 1_001; id++) {
      LoopBlock block = lasting(block(id, T0, seconds(30)), seconds(2));
      culprits = culprits.told(event(process(1), id, block), block, rest);
    }

    assertThat(culprits.lasting()).hasSize(1_000);
    assertThat(culprits.knows(event(process(1), 1, last), last)).isFalse();
    LoopBlock first = lasting(block(1, T0, seconds(30)), seconds(3));
    Culprits again =
        culprits.told(event(process(1), 2_000, first), first, Fingerprint.beyond("orders"));
    assertThat(again.of(event(process(1), 2_000, first), first))
        .isEqualTo(Fingerprint.beyond("orders"));
  }
}
