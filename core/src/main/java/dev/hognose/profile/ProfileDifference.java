package dev.hognose.profile;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;

/**
 * How two windows or two versions of a service differ, function by function.
 *
 * @param before what the first was looked at, and how often
 * @param after the same of the second
 * @param functions those that differ, the largest change of their own share first
 */
public record ProfileDifference(Taken before, Taken after, List<Change> functions) {

  private static final Comparator<Change> LARGEST =
      Comparator.comparingDouble((Change change) -> Math.abs(change.self()))
          .thenComparingDouble(change -> Math.abs(change.total()))
          .reversed()
          .thenComparing(Change::function);

  public ProfileDifference {
    functions = List.copyOf(functions);
  }

  /** What stands behind the shares: little of it, and they say little. */
  public record Taken(long samples, long seen, long rest) {

    static Taken of(HotCode code) {
      return new Taken(code.samples(), code.seen(), code.rest());
    }
  }

  /**
   * Shares of all stacks seen, from 0 to 1.
   *
   * @param before and {@code after}: of stacks in which the function ran itself
   */
  public record Change(
      String function, double before, double after, double totalBefore, double totalAfter) {

    /** By how much its own share has grown; negative when it has shrunk. */
    public double self() {
      return after - before;
    }

    /** The same of the share with all that it called. */
    public double total() {
      return totalAfter - totalBefore;
    }
  }

  public static ProfileDifference between(ServiceProfile one, ServiceProfile other) {
    HotCode before = HotCode.of(one);
    HotCode after = HotCode.of(other);
    Map<String, HotPlace> was = byName(before);
    Map<String, HotPlace> is = byName(after);
    Set<String> names = new TreeSet<>(was.keySet());
    names.addAll(is.keySet());
    List<Change> changes =
        names.stream()
            .map(
                name ->
                    new Change(
                        name,
                        share(was, name, before, HotPlace::self),
                        share(is, name, after, HotPlace::self),
                        share(was, name, before, HotPlace::total),
                        share(is, name, after, HotPlace::total)))
            .filter(change -> change.self() != 0 || change.total() != 0)
            .sorted(LARGEST)
            .toList();
    return new ProfileDifference(Taken.of(before), Taken.of(after), changes);
  }

  private static Map<String, HotPlace> byName(HotCode code) {
    Map<String, HotPlace> byName = new HashMap<>();
    code.functions().forEach(each -> byName.put(each.place(), each));
    return byName;
  }

  private static double share(
      Map<String, HotPlace> places, String name, HotCode code, ToLongFunction<HotPlace> count) {
    HotPlace none = new HotPlace(name, 0, 0);
    return code.seen() == 0
        ? 0
        : count.applyAsLong(places.getOrDefault(name, none)) / (double) code.seen();
  }
}
