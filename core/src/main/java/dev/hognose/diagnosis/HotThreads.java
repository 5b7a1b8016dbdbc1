package dev.hognose.diagnosis;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Stack;
import dev.hognose.sample.StackProfile;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Where the threads of a name were seen most, in the service's own code, when its process was last
 * profiled.
 *
 * @param at the end of that profile
 * @param window how long it took; it stands for as long again, until the next one is told
 * @param places by the threads' name; at most {@value #MOST}
 */
public record HotThreads(Instant at, Duration window, SortedMap<String, Frame> places) {

  public static final HotThreads NONE =
      new HotThreads(Instant.EPOCH, Duration.ZERO, new TreeMap<>());

  private static final int MOST = 16;
  private static final int MOST_PLACES = 64;
  private static final int LONGEST_NAME = 300;

  /** Agents tell one a minute. */
  private static final Duration LONGEST_WINDOW = Duration.ofMinutes(5);

  /** What is installed computes for whoever called it, unless the service itself is installed. */
  private static final Pattern INSTALLED =
      Pattern.compile(".*[/\\\\](site|dist)-packages[/\\\\].*");

  private static final Pattern PYTHONS_OWN =
      Pattern.compile(".*[/\\\\]lib[/\\\\]python3[^/\\\\]*[/\\\\].*|<.*");

  public HotThreads {
    places = Collections.unmodifiableSortedMap(new TreeMap<>(places));
  }

  /** What a profile says of each thread; those that were in no code of the service are left out. */
  static HotThreads of(Event event, StackProfile profile) {
    Map<String, Map<Frame, Long>> seen = new HashMap<>();
    for (Stack stack : profile.stacks()) {
      own(stack)
          .ifPresent(
              place ->
                  seen.computeIfAbsent(name(stack), thread -> new HashMap<>())
                      .merge(place, (long) stack.count(), Long::sum));
    }
    TreeMap<String, Frame> places = new TreeMap<>();
    seen.forEach((thread, counts) -> places.put(thread, most(counts)));
    while (places.size() > MOST) {
      places.pollLastEntry();
    }
    Duration window = profile.window();
    return new HotThreads(
        event.at(), window.compareTo(LONGEST_WINDOW) < 0 ? window : LONGEST_WINDOW, places);
  }

  /** A profile that says the same of threads, and little else: it is judged beside samples. */
  public static StackProfile essence(StackProfile profile) {
    Map<Stack, Long> counts = new TreeMap<>(Comparator.comparing(Stack::toString));
    for (Stack stack : profile.stacks()) {
      own(stack)
          .map(place -> new Stack(List.of(place), 0, name(stack)))
          .ifPresent(each -> counts.merge(each, (long) stack.count(), Long::sum));
    }
    List<Stack> stacks =
        counts.entrySet().stream()
            .map(each -> counted(each.getKey(), each.getValue()))
            .sorted(Comparator.comparingInt(Stack::count).reversed())
            .limit(MOST_PLACES)
            .toList();
    return new StackProfile(profile.window(), profile.samples(), stacks, true);
  }

  private static Stack counted(Stack stack, long count) {
    return new Stack(stack.frames(), (int) Math.min(Integer.MAX_VALUE, count), stack.thread());
  }

  /** Where the threads compute, unless what is known of it is older than that time. */
  Optional<Frame> in(String threads, Instant from) {
    return at.plus(window).isBefore(from)
        ? Optional.empty()
        : Optional.ofNullable(places.get(threads));
  }

  private static String name(Stack stack) {
    return Wording.legible(stack.thread(), LONGEST_NAME);
  }

  /** The innermost frame of the service's own code, or of what is installed if there is none. */
  private static Optional<Frame> own(Stack stack) {
    Predicate<Frame> installed = frame -> INSTALLED.matcher(frame.file()).matches();
    Predicate<Frame> pythons = frame -> PYTHONS_OWN.matcher(frame.file()).matches();
    return innermost(stack, installed.or(pythons).negate())
        .or(() -> innermost(stack, installed.or(pythons.negate())))
        .map(Wording::legible);
  }

  private static Optional<Frame> innermost(Stack stack, Predicate<Frame> which) {
    return stack.frames().stream().filter(which).reduce((outer, inner) -> inner);
  }

  private static Frame most(Map<Frame, Long> counts) {
    return Collections.max(
            counts.entrySet(),
            Map.Entry.<Frame, Long>comparingByValue()
                .thenComparing(each -> each.getKey().toString(), Comparator.reverseOrder()))
        .getKey();
  }
}
