package dev.hognose.profile;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Stacks and how often each was seen, equal ones counted together, the most frequent first.
 *
 * <p>Bounded: {@value #MOST} stacks of {@value #MOST_FRAMES} frames, and no more of these than
 * {@value #MOST_LETTERS} letters hold.
 *
 * @param rest seen in stacks for which there was no room
 * @param cut stacks or frames were left out
 */
public record StackCounts(List<Stack> stacks, long rest, boolean cut) {

  static final StackCounts NONE = new StackCounts(List.of(), 0, false);

  private static final int MOST = 1_000;
  private static final int MOST_FRAMES = 128;
  private static final int MOST_LETTERS = 400_000;
  private static final int LONGEST_THREAD = 100;

  /** Threads of a pool differ in their numbers only. */
  private static final Pattern NUMBER = Pattern.compile("\\d+");

  private static final Comparator<Stack> ORDER =
      Comparator.comparingInt(Stack::count)
          .reversed()
          .thenComparing(Stack::thread)
          .thenComparing(stack -> stack.frames().toString());

  public StackCounts {
    stacks = List.copyOf(stacks);
    if (rest < 0) {
      throw new IllegalArgumentException("rest=" + rest + ": expected none or more");
    }
  }

  /** Takes stacks as a process sent them: endless, with names that may not print. */
  static StackCounts received(List<Stack> stacks) {
    boolean tooDeep = stacks.stream().anyMatch(stack -> stack.frames().size() > MOST_FRAMES);
    List<Stack> usable =
        stacks.stream()
            .filter(stack -> stack.count() > 0 && !stack.frames().isEmpty())
            .map(StackCounts::bounded)
            .toList();
    return NONE.and(new StackCounts(usable, 0, tooDeep));
  }

  private static Stack bounded(Stack stack) {
    List<Frame> frames = stack.frames();
    List<Frame> innermost = frames.subList(Math.max(0, frames.size() - MOST_FRAMES), frames.size());
    String thread = NUMBER.matcher(stack.thread()).replaceAll("#");
    return new Stack(
        innermost.stream().map(Wording::legible).toList(),
        stack.count(),
        Wording.legible(thread, LONGEST_THREAD));
  }

  StackCounts and(StackCounts other) {
    Map<Stack, Integer> counts = new LinkedHashMap<>();
    stacks.forEach(each -> counts.merge(uncounted(each), each.count(), StackCounts::sum));
    other.stacks.forEach(each -> counts.merge(uncounted(each), each.count(), StackCounts::sum));
    List<Stack> all = new ArrayList<>();
    counts.forEach((stack, count) -> all.add(new Stack(stack.frames(), count, stack.thread())));
    all.sort(ORDER);
    int held = held(all);
    long more = all.subList(held, all.size()).stream().mapToLong(Stack::count).sum();
    return new StackCounts(
        all.subList(0, held), rest + other.rest + more, cut || other.cut || more > 0);
  }

  /** How many of the first stacks there is room for. */
  private static int held(List<Stack> all) {
    int letters = 0;
    int held = 0;
    while (held < Math.min(MOST, all.size())) {
      letters += letters(all.get(held));
      if (letters > MOST_LETTERS) {
        break;
      }
      held++;
    }
    return held;
  }

  private static int letters(Stack stack) {
    return stack.frames().stream()
        .mapToInt(frame -> frame.file().length() + frame.function().length())
        .sum();
  }

  private static Stack uncounted(Stack stack) {
    return new Stack(stack.frames(), 0, stack.thread());
  }

  private static int sum(int one, int other) {
    return (int) Math.min(Integer.MAX_VALUE, (long) one + other);
  }

  /** How often any stack was seen. */
  public long seen() {
    return rest + stacks.stream().mapToLong(Stack::count).sum();
  }
}
