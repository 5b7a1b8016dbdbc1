package dev.hognose.loop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Stacks of several blocks as one list, and as many of them as there is room for. */
class MergedStacksTest {

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

  @Test
  void framesWithoutNamesTakeRoomToo() {
    Stack nameless = new Stack(List.of(new Frame("", -1, ""), new Frame("", -2, "")), 1, "");

    assertThat(new MergedStacks(List.of(nameless)).letters()).isEqualTo(10);
    assertThat(new MergedStacks(List.of(nameless)).within(9).stacks())
        .containsExactly(new Stack(List.of(new Frame("", -2, "")), 1, ""));
  }

  private static Frame frame(String function) {
    return new Frame("/a.py/", 1, function);
  }

  private static Stack stack(String function, int count) {
    return new Stack(List.of(frame(function)), count, "");
  }
}
