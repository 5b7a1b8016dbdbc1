package dev.hognose.profile;

import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.ProcessId;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/** Stack profiles as an agent would send them. */
final class Profiles {

  static final Instant T0 = Instant.parse("2026-11-20T10:00:00Z");

  private Profiles() {}

  static ServiceProfile profile(Stack... stacks) {
    return ServiceProfile.of(event(T0.plusSeconds(50), "1"), sent(stacks));
  }

  static StackProfile sent(Stack... stacks) {
    int samples = Arrays.stream(stacks).mapToInt(Stack::count).sum();
    return new StackProfile(Duration.ofSeconds(20), samples, List.of(stacks), false);
  }

  static Event event(Instant at, String version) {
    ProcessId process = new ProcessId("orders", "web-1", 100, T0.minusSeconds(60));
    return new Event(process, 1, at, version, sent());
  }

  /** Functions of one module, the innermost last; each on the line that its name's length is. */
  static Stack stack(int count, String... functions) {
    return new Stack(
        Arrays.stream(functions)
            .map(function -> new Frame("/srv/shop/views.py", function.length(), function))
            .toList(),
        count,
        "MainThread");
  }
}
