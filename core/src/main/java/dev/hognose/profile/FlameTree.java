package dev.hognose.profile;

import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Stacks folded into a tree, the outermost frames at the top: what a flame graph draws.
 *
 * @param name of the function; of the root that of the service, of its children threads
 * @param value how often it was seen
 * @param self how often it was the innermost
 * @param children the most frequent first
 */
public record FlameTree(String name, long value, long self, List<FlameTree> children) {

  /** The name of what there was no room for; no function is called so. */
  public static final String REST = "(the rest)";

  private static final Comparator<FlameTree> ORDER =
      Comparator.comparingLong(FlameTree::value).reversed().thenComparing(FlameTree::name);

  public FlameTree {
    children = List.copyOf(children);
  }

  /** Of all threads; its value is how often any stack was seen. */
  public static FlameTree of(ServiceProfile profile) {
    Growing root = new Growing();
    for (Stack stack : profile.stacks().stacks()) {
      Growing at = root.child(stack.thread().isEmpty() ? "(thread)" : stack.thread());
      for (Frame frame : stack.frames()) {
        at = at.child(HotCode.function(frame));
      }
      at.self += stack.count();
    }
    if (profile.stacks().rest() > 0) {
      root.child(REST).self += profile.stacks().rest();
    }
    return root.grown(profile.service());
  }

  /** A node that is still added to. */
  private static final class Growing {
    private final Map<String, Growing> children = new LinkedHashMap<>();
    private long self;

    Growing child(String name) {
      return children.computeIfAbsent(name, each -> new Growing());
    }

    FlameTree grown(String name) {
      List<FlameTree> grown = new ArrayList<>();
      children.forEach((child, growing) -> grown.add(growing.grown(child)));
      grown.sort(ORDER);
      long value = self + grown.stream().mapToLong(FlameTree::value).sum();
      return new FlameTree(name, value, self, grown);
    }
  }
}
