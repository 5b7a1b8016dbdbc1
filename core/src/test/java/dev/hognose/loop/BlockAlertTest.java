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
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Stack;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an alert of blocks shows: how grave, since which version, why, and where. */
class BlockAlertTest {

  private final Service service = new Service(LoopBlockPolicy.DEFAULT);

  @ParameterizedTest
  @CsvSource({"9.999, WARNING", "10, CRITICAL"})
  void tenTimesHardIsCritical(double seconds, Alert.Severity severity) {
    service.take(event(process(1), 1, block(1, T0, seconds(seconds))));

    assertThat(service.last().severity()).isEqualTo(severity);
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

  @Test
  void eachTimeOfTheLongestBlockHasItsName() {
    LoopBlock.TimeSplit split =
        new LoopBlock.TimeSplit(
            seconds(0.1), seconds(0.2), seconds(0.3), seconds(0.4), seconds(0.5));
    service.take(event(process(1), 1, LoopBlockBuilder.of(1, T0, seconds(2)).split(split).build()));

    List<Evidence> evidence = service.last().evidence();
    assertThat(evidence.subList(evidence.size() - 5, evidence.size()))
        .containsExactly(
            new Evidence("worst_cpu", split.cpu().toMillis() / 1e3, "seconds"),
            new Evidence("worst_run_queue", split.runQueue().toMillis() / 1e3, "seconds"),
            new Evidence("worst_throttled", split.throttled().toMillis() / 1e3, "seconds"),
            new Evidence("worst_gc", split.gc().toMillis() / 1e3, "seconds"),
            new Evidence("worst_gil", split.gil().toMillis() / 1e3, "seconds"));
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

  /** A thousand processes are counted; of how many the loop time was lost is not known beyond. */
  @ParameterizedTest
  @CsvSource({"999, ', in 999 processes', true", "1001, ', in 1000 or more processes', false"})
  void noShareIsToldOfMoreProcessesThanAreCounted(int processes, String end, boolean told) {
    for (int number = 0; number < processes; number++) {
      service.take(event(process(number), 1, block(1, T0, seconds(1.5))));
    }
    service.quiet();

    assertThat(service.last().title()).endsWith(end);
    assertThat(
            service.last().evidence().stream().map(Evidence::name).anyMatch("lost_share"::equals))
        .isEqualTo(told);
  }

  /** It counts in the minute that it began in, and outlasts it. */
  @Test
  void noLoopLosesMoreThanAMinuteOfAMinute() {
    service.take(event(process(1), 1, block(1, T0, seconds(100))));

    assertThat(service.evidence("worst_minute_share")).isEqualTo(1);
    assertThat(service.evidence("lost")).isEqualTo(100);
  }

  @Test
  void theVersionIsThatOfTheEarliestBlock() {
    LoopBlock later = block(1, T0.plusSeconds(60), seconds(1.5));
    service.take(new Event(process(1), 1, later.until(), "2.0", later));
    LoopBlock earlier = block(1, T0, seconds(4));
    service.take(new Event(process(2), 1, earlier.until(), "1.0", earlier));

    assertThat(service.last().version()).isEqualTo("1.0");
  }
}
