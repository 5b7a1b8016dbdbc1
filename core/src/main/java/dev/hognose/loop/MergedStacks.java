package dev.hognose.loop;

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
 * stacks.
 */
public record MergedStacks(List<Stack> stacks) {

  static final MergedStacks NONE = new MergedStacks(List.of());
  private static final int MOST = 24;
  private static final int MOST_FRAMES = 60;

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
        innermost.stream().map(Fingerprint::legible).toList(), Math.max(1, stack.count()), "");
  }

  MergedStacks and(MergedStacks other) {
    Map<List<Frame>, Integer> counts = new HashMap<>();
    stacks.forEach(each -> counts.merge(each.frames(), each.count(), MergedStacks::sum));
    other.stacks.forEach(each -> counts.merge(each.frames(), each.count(), MergedStacks::sum));
    List<Stack> all = new ArrayList<>();
    counts.forEach((frames, count) -> all.add(new Stack(frames, count, "")));
    all.sort(ORDER);
    return new MergedStacks(all.subList(0, Math.min(MOST, all.size())));
  }

  private static int sum(int one, int other) {
    return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
  }
}
