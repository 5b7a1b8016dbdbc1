package dev.hognose.profile;

import dev.hognose.alert.ModuleName;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a profile says as tables: the hottest first.
 *
 * @param functions by module and name: {@code shop.views:checkout}
 * @param lines by file and line: {@code /srv/shop/views.py:41 in checkout}
 * @param samples how often processes were looked at
 * @param seen how many stacks that gave, of which the counts are parts
 * @param rest of these, in stacks for which there was no room: they are in no place's count
 */
public record HotCode(
    List<HotPlace> functions, List<HotPlace> lines, long samples, long seen, long rest) {

  public HotCode {
    functions = List.copyOf(functions);
    lines = List.copyOf(lines);
  }

  public static HotCode of(ServiceProfile profile) {
    StackCounts stacks = profile.stacks();
    return new HotCode(
        places(stacks.stacks(), HotCode::function),
        places(stacks.stacks(), Frame::toString),
        profile.samples(),
        stacks.seen(),
        stacks.rest());
  }

  static String function(Frame frame) {
    return ModuleName.of(frame.file()) + ":" + frame.function();
  }

  private static List<HotPlace> places(List<Stack> stacks, Function<Frame, String> name) {
    Map<String, HotPlace> places = new HashMap<>();
    for (Stack stack : stacks) {
      Set<String> seen = new HashSet<>();
      String innermost = name.apply(stack.frames().get(stack.frames().size() - 1));
      for (Frame frame : stack.frames()) {
        String place = name.apply(frame);
        if (seen.add(place)) {
          long self = place.equals(innermost) ? stack.count() : 0;
          places.merge(place, new HotPlace(place, self, stack.count()), HotPlace::plus);
        }
      }
    }
    return places.values().stream().sorted(HotPlace.HOTTEST).toList();
  }
}
