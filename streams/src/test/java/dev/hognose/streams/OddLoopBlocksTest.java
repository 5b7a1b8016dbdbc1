package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.blamed;
import static dev.hognose.streams.Telemetry.block;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.lasting;
import static dev.hognose.streams.Telemetry.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.alert.Alert;
import dev.hognose.fixture.LoopBlockBuilder;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.LoopBlock;
import dev.hognose.sample.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Whatever is odd about a block has an outcome with a name, and no alert makes up what it lacks.
 */
class OddLoopBlocksTest {

  private static final Duration LONG = Duration.ofMillis(1_500);

  @Test
  void anEndWithoutAStartIsCountedAsSuchAndTold() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(event(process("orders", 1), 1, block(1, T0, LONG)));

      assertThat(outcomes(pipeline)).isEqualTo(Map.of("end_only", 1.0));
      assertThat(pipeline.told()).hasSize(1);
    }
  }

  @Test
  void aStartWithoutAnEndIsToldAsLongerAndCountedWhenItIsForgotten() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(event(process("orders", 1), 1, lasting(block(1, T0, LONG))));
      pipeline.advance(Duration.ofMinutes(11));
      assertThat(only(pipeline).title()).contains("or longer");

      pipeline.advance(Duration.ofMinutes(61));
      assertThat(pipeline.registry().get("hognose.streams.loop.blocks.unended").counter().count())
          .isEqualTo(1);
      assertThat(pipeline.stored(LoopBlockProcessor.EPISODES)).isZero();

      pipeline.advance(Duration.ofHours(1));
      assertThat(pipeline.stored(LoopBlockProcessor.CULPRITS)).isZero();
    }
  }

  @Test
  void timeThatTwoBlocksOfALoopClaimIsLostOnce() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(event(process("orders", 1), 1, block(1, T0, Duration.ofSeconds(4))));
      pipeline.pipe(event(process("orders", 1), 2, block(2, T0.plusSeconds(1), LONG)));
      pipeline.advance(Duration.ofMinutes(11));

      assertThat(outcomes(pipeline)).isEqualTo(Map.of("end_only", 1.0, "overlapping", 1.0));
      assertThat(evidence(only(pipeline), "blocks")).isEqualTo(2);
      assertThat(evidence(only(pipeline), "lost")).isEqualTo(4);
    }
  }

  @Test
  void aBlockOutsideOfItsTimeIsImplausible() {
    try (Pipeline pipeline = new Pipeline()) {
      LoopBlock beforeItsProcess = block(1, T0.minus(Duration.ofDays(3)), LONG);
      pipeline.pipe(event(process("orders", 1), 1, beforeItsProcess));
      LoopBlock yetToCome = block(2, T0.plus(Duration.ofDays(3)), LONG);
      pipeline.pipe(event(process("orders", 1), 2, T0, yetToCome));

      assertThat(outcomes(pipeline)).isEqualTo(Map.of("implausible", 2.0));
      assertThat(pipeline.told()).isEmpty();
    }
  }

  @Test
  void endlessStacksAndNamesAreCutAndDoNotPrint() {
    Frame hostile = new Frame("/srv/" + "x".repeat(10_000) + "\u0000.py", 1, "\u001b[2Jf\r\n");
    List<Frame> frames = new ArrayList<>();
    for (int depth = 0; depth < 1_000; depth++) {
      frames.add(new Frame("/srv/shop/deep.py", depth, "\u001b[31mcall" + depth));
    }
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(event(process("orders", 1), 1, seen(Optional.of(hostile), frames)));

      Alert alert = only(pipeline);
      assertThat(alert.stacks()).hasSize(1);
      assertThat(alert.stacks().get(0).frames())
          .hasSize(60)
          .last()
          .satisfies(frame -> assertThat(frame.function()).endsWith("call999"));
      assertThat(alert.culprit().orElseThrow().file()).hasSizeLessThanOrEqualTo(500);
      assertThat(alert.title().codePoints()).noneMatch(Character::isISOControl);
    }
  }

  @Test
  void whatIsNotKnownIsNotNamed() {
    LoopBlock unseen = seen(Optional.empty(), List.of());
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(new Event(process("orders", 1), 1, unseen.until(), "", unseen));

      Alert alert = only(pipeline);
      assertThat(alert.version()).isEmpty();
      assertThat(alert.culprit()).isEmpty();
      assertThat(alert.stacks()).isEmpty();
      assertThat(alert.cause()).isEmpty();
      assertThat(alert.title())
          .isEqualTo("orders: event loop blocked 1.5 s in code that no stack shows");
    }
  }

  @Test
  void threeThousandCulpritsInRandomOrderAreTheThousandThatCostMostAndTheRest() {
    List<Event> events = new ArrayList<>();
    Map<String, Duration> costs = new HashMap<>();
    for (int i = 0; i < 3_000; i++) {
      Duration duration = LONG.plusMillis((i * 7_919L) % 3_000);
      costs.put("view_" + i, duration);
      Frame place = new Frame("/srv/shop/views.py", 10, "view_" + i);
      LoopBlock block = blamed(block(i, T0.plusSeconds(15L * (i / 150)), duration), place);
      events.add(event(process("orders", 1 + i % 150), 1 + i / 150, block));
    }
    Collections.shuffle(events, new Random(1));
    try (Pipeline pipeline = new Pipeline()) {
      events.forEach(pipeline::pipe);
      pipeline.advance(Duration.ofMinutes(11));

      List<Alert> apart =
          pipeline.told().values().stream().filter(each -> each.culprit().isPresent()).toList();
      Duration least = costs.values().stream().sorted().skip(2_000).findFirst().orElseThrow();
      assertThat(apart).hasSize(1_000);
      assertThat(apart)
          .allSatisfy(
              alert ->
                  assertThat(costs.get(alert.culprit().orElseThrow().function()))
                      .isGreaterThanOrEqualTo(least));
      assertThat(pipeline.told()).hasSize(1_001);
      assertThat(pipeline.told().values())
          .filteredOn(alert -> alert.culprit().isEmpty())
          .singleElement()
          .satisfies(rest -> assertThat(evidence(rest, "blocks")).isEqualTo(2_000));
      assertThat(outcomes(pipeline).values().stream().mapToDouble(each -> each).sum())
          .isEqualTo(3_000);

      pipeline.advance(Duration.ofHours(2));
      pipeline.advance(Duration.ofHours(2));
      assertThat(pipeline.stored(LoopBlockProcessor.EPISODES)).isZero();
      assertThat(pipeline.told()).hasSize(1_001);
    }
  }

  private static LoopBlock seen(Optional<Frame> culprit, List<Frame> frames) {
    return LoopBlockBuilder.of(1, T0, LONG)
        .cause(culprit.isPresent() ? LoopBlock.Cause.CPU : LoopBlock.Cause.UNKNOWN)
        .culprit(culprit)
        .stacks(frames.isEmpty() ? List.of() : List.of(new Stack(frames, 1, "MainThread")))
        .cut()
        .build();
  }

  private static Alert only(Pipeline pipeline) {
    return assertThat(pipeline.told().values()).singleElement().actual();
  }

  private static double evidence(Alert alert, String name) {
    return alert.evidence().stream()
        .filter(each -> each.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value();
  }

  private static Map<String, Double> outcomes(Pipeline pipeline) {
    Map<String, Double> outcomes = new TreeMap<>();
    pipeline
        .registry()
        .get("hognose.streams.loop.blocks")
        .counters()
        .forEach(each -> outcomes.put(each.getId().getTag("outcome"), each.count()));
    outcomes.values().removeIf(count -> count == 0);
    return outcomes;
  }
}
