package dev.hognose.streams;

import static dev.hognose.streams.Telemetry.T0;
import static dev.hognose.streams.Telemetry.block;
import static dev.hognose.streams.Telemetry.event;
import static dev.hognose.streams.Telemetry.process;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.profile.ServiceProfile;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTopologyTest {

  private static final Duration WINDOW = Duration.ofSeconds(20);

  @Test
  void stacksOfAllProcessesAreToldTogetherByVersionAndMinute() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(sent(1, 1, T0.plusSeconds(30), "1"));
      pipeline.pipe(sent(2, 1, T0.plusSeconds(40), "1"));
      pipeline.pipe(sent(3, 1, T0.plusSeconds(50), "2"));
      pipeline.pipe(sent(1, 2, T0.plusSeconds(90), "1"));
      assertThat(pipeline.profiles()).isEmpty();
      pipeline.advance(Duration.ofSeconds(76));

      List<KeyValue<String, ServiceProfile>> told = pipeline.profiles();
      assertThat(told).allSatisfy(each -> assertThat(each.key).isEqualTo("orders"));
      assertThat(told)
          .extracting(each -> each.value.version() + " " + each.value.profiles())
          .containsExactly("1 2", "2 1", "1 1");
      assertThat(told.get(0).value.stacks().seen()).isEqualTo(24);
      assertThat(told.get(0).value.samples()).isEqualTo(24);
    }
  }

  @Test
  void aLateOneIsToldWithTheWholeMinuteAndADoubledOneChangesNothing() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(sent(1, 1, T0.plusSeconds(30), "1"));
      pipeline.advance(Duration.ofSeconds(76));
      assertThat(pipeline.profiles()).hasSize(1);

      pipeline.pipe(sent(1, 1, T0.plusSeconds(30), "1"));
      pipeline.pipe(sent(2, 1, T0.plusSeconds(30), "1"));
      pipeline.advance(Duration.ofSeconds(76));

      assertThat(pipeline.profiles())
          .singleElement()
          .satisfies(each -> assertThat(each.value.profiles()).isEqualTo(2));
      pipeline.advance(Duration.ofMinutes(20));
      assertThat(pipeline.profiles()).isEmpty();
      assertThat(pipeline.stored(ProfileProcessor.PROFILES)).isZero();
    }
  }

  @Test
  void aRestartForgetsNothing() {
    try (Pipeline before = new Pipeline()) {
      before.pipe(sent(1, 1, T0.plusSeconds(30), "1"));
      try (Pipeline after = before.restarted()) {
        after.pipe(sent(1, 1, T0.plusSeconds(30), "1"));
        after.pipe(sent(2, 1, T0.plusSeconds(30), "1"));
        after.advance(Duration.ofSeconds(76));

        assertThat(after.profiles())
            .singleElement()
            .satisfies(each -> assertThat(each.value.profiles()).isEqualTo(2));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {11, 12, 13})
  void disorderAndDoublesEndInTheSameProfiles(long seed) {
    Random random = new Random(seed);
    List<Event> events = new ArrayList<>();
    for (int number = 1; number <= 6; number++) {
      for (int sequence = 1; sequence <= 5; sequence++) {
        Instant at = T0.plusSeconds(20L * sequence + number);
        events.add(sent(number, sequence, at, "version " + random.nextInt(3)));
      }
    }
    List<Event> disordered = new ArrayList<>(events);
    disordered.addAll(events.subList(0, 10));
    Collections.shuffle(disordered, random);
    try (Pipeline inOrder = new Pipeline();
        Pipeline after = new Pipeline()) {
      events.forEach(inOrder::pipe);
      disordered.forEach(after::pipe);
      inOrder.advance(Duration.ofSeconds(76));
      after.advance(Duration.ofSeconds(76));

      assertThat(after.profiles())
          .as("seed %d", seed)
          .containsExactlyInAnyOrderElementsOf(inOrder.profiles())
          .isNotEmpty();
    }
  }

  @Test
  void stacksOfLoopBlocksAreNoFairSampleAndStayOut() {
    try (Pipeline pipeline = new Pipeline()) {
      pipeline.pipe(event(process("orders", 1), 1, block(1, T0, Duration.ofSeconds(2))));
      pipeline.advance(Duration.ofMinutes(2));

      assertThat(pipeline.profiles()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aVersionForEachProcessIsEightVersionsAndTheRest(long seed) {
    List<Event> events = new ArrayList<>();
    for (int number = 1; number <= 200; number++) {
      events.add(sent(number, 1, T0.plusSeconds(30), "version " + number));
    }
    Collections.shuffle(events, new Random(seed));
    try (Pipeline pipeline = new Pipeline()) {
      events.forEach(pipeline::pipe);
      assertThat(pipeline.stored(ProfileProcessor.PROFILES)).isEqualTo(33);
      pipeline.advance(Duration.ofSeconds(76));

      List<ServiceProfile> told = pipeline.profiles().stream().map(each -> each.value).toList();
      assertThat(told).as("seed %d", seed).hasSize(9);
      assertThat(told.get(8).version()).isEqualTo("other versions");
      assertThat(told.get(8).profiles()).isEqualTo(192);
      assertThat(told.get(8).stacks().seen()).isEqualTo(192 * 12);
      pipeline.advance(Duration.ofMinutes(11));
      assertThat(pipeline.stored(ProfileProcessor.PROFILES)).isZero();
    }
  }

  @Test
  void everyProfileIsCountedOnce() {
    try (Pipeline pipeline = new Pipeline()) {
      StackProfile empty = new StackProfile(WINDOW, 0, List.of(), false);
      pipeline.pipe(event(process("orders", 1), 1, T0, empty));
      pipeline.pipe(sent(1, 2, T0, "1"));
      pipeline.pipe(sent(1, 3, T0, "1"));

      assertThat(count(pipeline, "empty")).isEqualTo(1);
      assertThat(count(pipeline, "merged")).isEqualTo(2);
      assertThat(count(pipeline, "cut")).isZero();
    }
  }

  private static double count(Pipeline pipeline, String outcome) {
    return pipeline
        .registry()
        .get("hognose.streams.profiles")
        .tag("outcome", outcome)
        .counter()
        .count();
  }

  private static Event sent(int number, long sequence, Instant at, String version) {
    Frame place = new Frame("/srv/shop/views.py", 41, "checkout");
    StackProfile profile =
        new StackProfile(WINDOW, 12, List.of(new Stack(List.of(place), 12, "MainThread")), false);
    return new Event(process("orders", number), sequence, at, version, profile);
  }
}
