package dev.hognose.profile;

import static dev.hognose.profile.Profiles.T0;
import static dev.hognose.profile.Profiles.event;
import static dev.hognose.profile.Profiles.profile;
import static dev.hognose.profile.Profiles.sent;
import static dev.hognose.profile.Profiles.stack;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceProfileTest {

  @Test
  void aWindowCountsInTheMinuteOfItsMiddle() {
    assertThat(ServiceProfile.of(event(T0.plusSeconds(9), ""), sent()).minute())
        .isEqualTo(T0.minusSeconds(60));
    assertThat(ServiceProfile.of(event(T0.plusSeconds(10), ""), sent()).minute()).isEqualTo(T0);
  }

  @Test
  void equalStacksAreCountedTogether() {
    ServiceProfile both =
        profile(stack(3, "a", "b"), stack(2, "a")).and(profile(stack(4, "a", "b")));

    assertThat(both.stacks().stacks()).containsExactly(stack(7, "a", "b"), stack(2, "a"));
    assertThat(both.samples()).isEqualTo(9);
    assertThat(both.profiles()).isEqualTo(2);
    assertThat(both.stacks().cut()).isFalse();
    assertThat(both.window()).isEqualTo(Duration.ofSeconds(40));
  }

  @Test
  void threadsOfAPoolAreOne() {
    Frame place = new Frame("a.py", 1, "f");
    ServiceProfile pool =
        profile(
            new Stack(List.of(place), 2, "worker-1"), new Stack(List.of(place), 3, "worker-17"));

    assertThat(pool.stacks().stacks()).containsExactly(new Stack(List.of(place), 5, "worker-#"));
  }

  @Test
  void whatThereIsNoRoomForIsCountedAndSaidSo() {
    List<Stack> stacks = new ArrayList<>();
    for (int i = 1; i <= 3_000; i++) {
      stacks.add(stack(i, "main", "view_" + i));
    }
    ServiceProfile profile = profile(stacks.toArray(Stack[]::new));

    assertThat(profile.stacks().stacks()).hasSize(1_000);
    assertThat(profile.stacks().stacks().get(0).count()).isEqualTo(3_000);
    assertThat(profile.stacks().rest()).isEqualTo(2_000L * 2_001 / 2);
    assertThat(profile.stacks().cut()).isTrue();
    assertThat(profile.stacks().seen()).isEqualTo(3_000L * 3_001 / 2);
    assertThat(FlameTree.of(profile).value()).isEqualTo(profile.stacks().seen());
    assertThat(FlameTree.of(profile).children())
        .extracting(FlameTree::name)
        .contains(FlameTree.REST);
  }

  @Test
  void endlessStacksAndHostileNamesAreCut() {
    List<Frame> frames = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      frames.add(new Frame("/srv/" + "x".repeat(10_000), i, "f\u001b[2J"));
    }
    ServiceProfile profile =
        profile(new Stack(frames, 5, "t\n" + "t".repeat(10_000)), new Stack(List.of(), 3, "t"));

    Stack kept = assertThat(profile.stacks().stacks()).singleElement().actual();
    assertThat(kept.frames()).hasSize(128);
    assertThat(kept.frames().get(127).line()).isEqualTo(999);
    assertThat(kept.frames().toString().chars()).noneMatch(Character::isISOControl);
    assertThat(kept.thread()).hasSizeLessThanOrEqualTo(100);
    assertThat(profile.stacks().cut()).isTrue();
  }

  @Test
  void countsThatCannotBeAreLeftOut() {
    StackProfile hostile =
        new StackProfile(
            Duration.ofSeconds(1),
            -1,
            List.of(stack(-5, "a"), stack(0, "b"), stack(1, "c")),
            false);
    ServiceProfile profile = ServiceProfile.of(event(T0, ""), hostile);

    assertThat(profile.stacks().stacks()).containsExactly(stack(1, "c"));
    assertThat(profile.samples()).isEqualTo(0xFFFF_FFFFL);
  }

  @Test
  void asManyStacksAsTheirLettersHaveRoom() {
    // 13 letters of the file and 987 of the function: 400 of them fill the room to the last one.
    Frame full = new Frame("/srv/views.py", 1, "f".repeat(987));
    Stack[] stacks = new Stack[402];
    for (int i = 0; i < stacks.length; i++) {
      Frame line = new Frame(full.file(), i, full.function());
      stacks[i] = new Stack(List.of(line), 1_000 - i, "MainThread");
    }
    StackCounts held = StackCounts.NONE.and(new StackCounts(List.of(stacks), 0, false));

    assertThat(held.stacks()).hasSize(400);
    assertThat(held.rest()).isEqualTo(600 + 599);
    assertThat(held.and(held).rest()).isEqualTo(2 * (600 + 599));
    assertThat(held.cut()).isTrue();
    assertThat(StackCounts.NONE.and(new StackCounts(List.of(stacks[0]), 0, false)).cut()).isFalse();
  }

  @Test
  void aStackOfTheMostFramesIsWhole() {
    String[] deep = Collections.nCopies(128, "f").toArray(String[]::new);
    String[] deeper = Collections.nCopies(129, "f").toArray(String[]::new);

    assertThat(profile(stack(1, deep)).stacks().cut()).isFalse();
    assertThat(profile(stack(1, deeper)).stacks().cut()).isTrue();
  }

  @Test
  void keysAreOfServiceVersionAndMinute() {
    ServiceProfile profile = profile(stack(1, "a"));

    assertThat(profile.minuteKey()).isEqualTo("orders\n" + T0.toEpochMilli());
    assertThat(profile.key()).isEqualTo("orders\n1\n" + T0.toEpochMilli());
    assertThat(profile.asOther().minuteKey()).isEqualTo(profile.minuteKey());
  }

  @Test
  void whatTheAgentHasCutIsCut() {
    StackProfile cut = new StackProfile(Duration.ofSeconds(20), 1, List.of(stack(1, "a")), true);

    assertThat(ServiceProfile.of(event(T0, ""), cut).stacks().cut()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void theOrderOfProcessesMakesNoDifference(long seed) {
    Random random = new Random(seed);
    List<ServiceProfile> profiles = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      profiles.add(
          profile(
              stack(1 + random.nextInt(50), "main", "view_" + random.nextInt(9)),
              stack(1 + random.nextInt(50), "main")));
    }
    ServiceProfile merged = merged(profiles);
    Collections.shuffle(profiles, random);

    assertThat(merged(profiles)).as("seed %s", seed).isEqualTo(merged);
  }

  private static ServiceProfile merged(List<ServiceProfile> profiles) {
    return profiles.stream().reduce(ServiceProfile::and).orElseThrow();
  }
}
