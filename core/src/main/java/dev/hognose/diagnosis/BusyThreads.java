package dev.hognose.diagnosis;

import dev.hognose.alert.Wording;
import dev.hognose.sample.Frame;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The threads of one name that use most of the processor while the GIL is waited for.
 *
 * @param name as the agent tells it, numbers in it replaced
 * @param cores that they use together
 * @param gilWait for the GIL while they compute, on average, seconds
 * @param pressure how many times the wait is what is tolerated
 */
record BusyThreads(String name, double cores, double gilWait, double pressure) {

  /** What concurrent.futures, asyncio and AnyIO call the threads of their pools. */
  private static final Pattern POOL =
      Pattern.compile(".+_#(_#)?|AnyIO worker thread|asyncio_#|Dummy-#");

  private static final Pattern OURS = Pattern.compile("hognose-.*|rdk:.*");
  private static final String MAIN = "MainThread";

  /** Nothing while the GIL is not waited for in all of the policy's windows. */
  static Optional<BusyThreads> of(History history, GilPolicy policy) {
    if (!history.always(policy.windows(), span -> isContended(span, policy))) {
      return Optional.empty();
    }
    Span whole = history.lastAsOne(policy.windows());
    boolean isShortOfProcessors =
        whole.grown(Figure.RUN_QUEUE_SECONDS) > policy.runQueue() * whole.grown(Figure.CPU_SECONDS);
    return isShortOfProcessors || conflict(whole) < policy.waitSeconds()
        ? Optional.empty()
        : busiest(whole, policy);
  }

  private static Optional<BusyThreads> busiest(Span span, GilPolicy policy) {
    Named threads = span.to().group(Group.THREAD_CPU);
    return IntStream.range(0, threads.size())
        .filter(place -> !OURS.matcher(threads.name(place)).matches())
        .mapToObj(place -> of(place, span, policy))
        .filter(each -> each.cores >= policy.threadCores())
        .max(Comparator.comparingDouble(BusyThreads::cores));
  }

  private static BusyThreads of(int place, Span span, GilPolicy policy) {
    double wait = conflict(span);
    return new BusyThreads(
        span.to().group(Group.THREAD_CPU).name(place),
        span.grown(Group.THREAD_CPU, place) / span.seconds(),
        wait,
        wait / policy.waitSeconds());
  }

  private static boolean isContended(Span span, GilPolicy policy) {
    return conflict(span) >= policy.windowShare() * policy.waitSeconds()
        && span.rate(Figure.CPU_SECONDS) >= policy.cores();
  }

  /** How long a wait for the GIL takes while some thread of the process may have it. */
  private static double conflict(Span span) {
    return wait(span) / Math.min(1, span.rate(Figure.CPU_SECONDS));
  }

  private static double wait(Span span) {
    double waits = span.grown(Figure.GIL_WAITS);
    return waits > 0 ? span.grown(Figure.GIL_WAIT_SECONDS) / waits : 0;
  }

  boolean isPool() {
    return POOL.matcher(name).matches();
  }

  /** Alone it is in nobody's way; when it blocks the loop, that is told as a loop block. */
  boolean isMain() {
    return name.equals(MAIN);
  }

  /**
   * What they do to the others.
   *
   * @param place where they compute, if that is known
   */
  Sign sign(String what, Optional<Frame> place) {
    String phrase =
        "%s %s of a core%s, each wait for the GIL takes %s ms"
            .formatted(
                what,
                Words.percent(cores),
                place.map(where -> ", mostly in " + Wording.place(where)).orElse(""),
                Words.number(1000 * gilWait));
    return Sign.of(
            name,
            phrase,
            pressure,
            List.of(Words.seconds("gil_wait", gilWait), Words.count("thread_cores", cores)))
        .at(place);
  }
}
