package dev.hognose.loop;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Stacks seen during blocks, equal ones counted together, the most frequent first.
 *
 * <p>Bounded: the innermost {@value #MOST_FRAMES} frames of the {@value #MOST} most frequent
 * stacks, and no more of these than {@value #MOST_LETTERS} letters hold.
 */
public record MergedStacks(List<Stack> stacks) {

  static final MergedStacks NONE = new MergedStacks(List.of());
  private static final int MOST = 24;
  private static final int MOST_FRAMES = 60;
  private static final int MOST_LETTERS = 32_000;
  private static final int LEAST_LETTERS = 5;

  private static final Comparator<Stack> ORDER =
      Comparator.comparingInt(Stack::count)
          .reversed()
          .thenComparing(stack -> stack.frames().toString());

  public MergedStacks {
    stacks = List.copyOf(stacks);
  }

  /** Takes stacks as a process sent them: endless, with names that may not print. */
  static MergedStacks of(List<Stack> received) {
    return NONE.and(new MergedStacks(received.stream().map(MergedStacks::bounded).toList()));
  }

  private static Stack bounded(Stack stack) {
    List<Frame> frames = stack.frames();
    List<Frame> innermost = frames.subList(Math.max(0, frames.size() - MOST_FRAMES), frames.size());
    return new Stack(
        innermost.stream().map(Wording::legible).toList(), Math.max(1, stack.count()), "");
  }

  MergedStacks and(MergedStacks other) {
    if (other.stacks.isEmpty()) {
      return this;
    }
    Map<List<Frame>, Integer> counts = new HashMap<>();
    stacks.forEach(each -> counts.merge(each.frames(), each.count(), MergedStacks::sum));
    other.stacks.forEach(each -> counts.merge(each.frames(), each.count(), MergedStacks::sum));
    List<Stack> all = new ArrayList<>();
    counts.forEach((frames, count) -> all.add(new Stack(frames, count, "")));
    all.sort(ORDER);
    return new MergedStacks(all.subList(0, Math.min(MOST, all.size()))).within(MOST_LETTERS);
  }

  /** The most frequent that so many letters hold; of the first, the innermost frames. */
  MergedStacks within(int letters) {
    int left = letters;
    List<Stack> held = new ArrayList<>();
    for (Stack stack : stacks) {
      Stack fitting = held.isEmpty() ? innermost(stack, left) : stack;
      left -= letters(fitting.frames());
      if (left < 0) {
        break;
      }
      held.add(fitting);
    }
    return held.equals(stacks) ? this : new MergedStacks(held);
  }

  private static Stack innermost(Stack stack, int letters) {
    List<Frame> frames = stack.frames();
    int from = 0;
    while (letters(frames.subList(from, frames.size())) > letters) {
      from++;
    }
    return from == 0
        ? stack
        : new Stack(frames.subList(from, frames.size()), stack.count(), stack.thread());
  }

  int letters() {
    return stacks.stream().mapToInt(stack -> letters(stack.frames())).sum();
  }

  /** A frame takes some room without names, too. */
  private static int letters(List<Frame> frames) {
    return frames.stream()
        .mapToInt(
            frame -> Math.max(LEAST_LETTERS, frame.file().length() + frame.function().length()))
        .sum();
  }

  private static int sum(int one, int other) {
    return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
  }
}
