package dev.hognose.diagnosis;

import dev.hognose.alert.Alert;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Growing;
import dev.hognose.sample.GrowingKind;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * What makes a process ill, and the same work done right.
 *
 * @param culprit a part of the title
 */
record Illness(Alert.Kind kind, String culprit, Consumer<Shop> ill, Consumer<Shop> twin) {

  private static final String SITE = "/srv/shop/views.py:41 in checkout";

  @Override
  public String toString() {
    return kind.name();
  }

  /** Those that figures show. */
  static List<Illness> ofFigures() {
    return List.of(
        new Illness(
            Alert.Kind.GIL_CONTENTION,
            "reports",
            shop -> busy(shop, "reports", 0.005),
            shop -> busy(shop, "reports", 0.0005)),
        new Illness(
            Alert.Kind.POOL_CPU,
            "ThreadPoolExecutor-#_#: 48 % of a core, each wait for the GIL takes 4.55 ms",
            shop -> busy(shop, "ThreadPoolExecutor-#_#", 0.48, 0.0025),
            shop -> busy(shop, "ThreadPoolExecutor-#_#", 0.48, 0.0006)),
        new Illness(
            Alert.Kind.POOL_CPU,
            "ThreadPoolExecutor-#_#",
            shop -> busy(shop, "ThreadPoolExecutor-#_#", 0.005),
            shop -> busy(shop, "ThreadPoolExecutor-#_#", 0.0005)),
        new Illness(
            Alert.Kind.OVERSUBSCRIPTION,
            "16 threads on a quota of 2 cores",
            shop -> pools(shop, 16),
            shop -> pools(shop, 2)),
        new Illness(
            Alert.Kind.CPU_THROTTLED,
            "by its quota of 0.5 cores",
            shop -> throttled(shop, 0.2),
            shop -> throttled(shop, 0.01)),
        new Illness(
            Alert.Kind.GC_PRESSURE,
            "of the time",
            shop -> shop.gcSeconds = 0.15 * shop.second,
            shop -> shop.gcSeconds = 0.02 * shop.second),
        new Illness(
            Alert.Kind.REFERENCE_CYCLES,
            "20000 objects",
            shop -> cycles(shop, 20_000),
            shop -> cycles(shop, 300)),
        new Illness(
            Alert.Kind.TASK_LEAK,
            "unfinished tasks of shop.cart.remind",
            shop -> shop.tasks("shop.cart.remind", (int) (5 * shop.second), shop.second),
            shop -> shop.tasks("shop.cart.remind", 40 + (int) (shop.second * 7 % 60), 2)),
        new Illness(
            Alert.Kind.SLOW_TASKS,
            "tasks of shop.cart.price",
            shop -> shop.tasks("shop.cart.price", 8, Math.min(20, shop.second)),
            shop -> shop.tasks("shop.cart.price", 8, Math.min(2, shop.second))),
        new Illness(
            Alert.Kind.UNREAD_EXCEPTIONS,
            "in shop.cart.remind",
            shop -> shop.count("asyncio/unread_exception", "shop.cart.remind", shop.second / 2),
            shop -> shop.count("asyncio/unread_exception", "shop.cart.remind", 0)),
        new Illness(
            Alert.Kind.NEVER_AWAITED,
            "in checkout (shop/views.py:41)",
            shop -> shop.count("asyncio/never_awaited", SITE, shop.second / 2),
            shop -> shop.count("asyncio/never_awaited", SITE, 0)),
        new Illness(
            Alert.Kind.DESTROYED_PENDING,
            "in shop.cart.remind",
            shop -> shop.count("asyncio/destroyed_pending", "shop.cart.remind", shop.second / 2),
            shop -> shop.count("asyncio/destroyed_pending", "shop.cart.remind", 0)),
        new Illness(
            Alert.Kind.THREAD_LEAK,
            "threads, 70 more within 35 s, above all: notify",
            Illness::threads,
            shop -> shop.threads = 8 + (int) Math.min(32, 2 * shop.second)),
        new Illness(
            Alert.Kind.DESCRIPTOR_LEAK,
            "open descriptors, 175 more within 35 s, above all: file in /srv/receipts",
            Illness::descriptors,
            shop -> shop.fds = 30 + (int) Math.min(100, 5 * shop.second)),
        new Illness(
            Alert.Kind.CHILD_PROCESS_LEAK,
            "child processes, 35 more within 35 s, above all: ffmpeg",
            Illness::children,
            shop -> shop.children = (int) Math.min(8, shop.second)),
        new Illness(
            Alert.Kind.EXCEPTION_SURGE,
            "ValueError a second, usually",
            shop -> shop.count("exception/ValueError", SITE, surge(shop, 30)),
            shop -> shop.count("exception/ValueError", SITE, surge(shop, 0.3))),
        new Illness(
            Alert.Kind.UNEXPECTED_ERROR,
            "TypeError within",
            shop -> shop.count("exception/TypeError", SITE, shop.second / 2),
            shop -> shop.count("exception/ValueError", SITE, shop.second / 2)),
        new Illness(
            Alert.Kind.RESOURCE_WARNINGS,
            "in checkout (shop/views.py:41)",
            shop -> shop.count("warning/ResourceWarning", SITE, shop.second / 2),
            shop -> shop.count("warning/UserWarning", SITE, shop.second / 2)),
        new Illness(
            Alert.Kind.DEPRECATION_WARNINGS,
            "in checkout (shop/views.py:41)",
            shop -> shop.count("warning/DeprecationWarning", SITE, 1),
            shop -> shop.count("warning/UserWarning", SITE, 1)),
        new Illness(
            Alert.Kind.SAMPLES_DROPPED,
            "outbox_full",
            shop -> shop.dropped.put("outbox_full", (long) shop.second),
            shop -> shop.dropped.put("outbox_full", 0L)));
  }

  /** Those that events tell: the ill one, the right one. */
  static List<OfEvent> ofEvents() {
    return List.of(
        holder(Alert.Kind.UNBOUNDED_CACHE, Retention.Kind.LRU_CACHE),
        holder(Alert.Kind.GROWING_DEFAULT_ARGUMENT, Retention.Kind.DEFAULT_ARGUMENT),
        holder(Alert.Kind.GROWING_CONTAINER, Retention.Kind.MODULE_GLOBAL),
        holder(Alert.Kind.GROWING_CONTAINER, Retention.Kind.CLASS_ATTRIBUTE),
        holder(Alert.Kind.CLOSURE_KEEPS, Retention.Kind.CLOSURE),
        new OfEvent(Alert.Kind.TRACING_BUDGET, thrownAway(120), thrownAway(5)));
  }

  /** An illness that an event tells, and an event much like it that is none. */
  record OfEvent(Alert.Kind kind, Event.What ill, Event.What twin) {}

  private static OfEvent holder(Alert.Kind kind, Retention.Kind holder) {
    return new OfEvent(
        kind, retention(holder, OptionalLong.empty()), retention(holder, OptionalLong.of(128)));
  }

  static Retention retention(String name) {
    return retention(name, Retention.Kind.MODULE_GLOBAL, OptionalLong.empty());
  }

  private static Retention retention(Retention.Kind holder, OptionalLong maxSize) {
    return retention("shop.cart:SEEN", holder, maxSize);
  }

  private static Retention retention(String name, Retention.Kind holder, OptionalLong maxSize) {
    return new Retention(
        name,
        holder,
        5_000,
        90_000,
        new Bytes(120),
        OptionalLong.empty(),
        OptionalLong.empty(),
        maxSize,
        "dict[str, int]");
  }

  private static AllocationGrowth thrownAway(long predictedMs) {
    List<AllocationGrowth.Site> sites =
        predictedMs > 20
            ? List.of()
            : List.of(
                new AllocationGrowth.Site(
                    List.of(new Frame("/srv/shop/views.py", 41, "checkout")), new Bytes(1), 1));
    return new AllocationGrowth(
        Duration.ofSeconds(2), Duration.ofMillis(predictedMs), Duration.ZERO, sites, true);
  }

  private static void busy(Shop shop, String thread, double waitSeconds) {
    busy(shop, thread, 0.85, waitSeconds);
  }

  /** Waits are the mean of all, also of those that came while the threads did not compute. */
  private static void busy(Shop shop, String thread, double cores, double waitSeconds) {
    shop.cpuSeconds = (cores + 0.07) * shop.second;
    shop.threadCpu.put("MainThread", 0.1 * shop.second);
    shop.threadCpu.put(thread, cores * shop.second);
    shop.gilWaitSeconds = waitSeconds * shop.gilWaits;
  }

  private static void threads(Shop shop) {
    int gained = (int) (2 * shop.second);
    shop.threads = 8 + gained;
    List<GrowingKind> kinds = List.of(kind("notify", gained - 1), kind("worker-#", 1));
    shop.growing = new Growing(kinds, List.of(), List.of());
  }

  private static void descriptors(Shop shop) {
    int gained = (int) (5 * shop.second);
    shop.fds = 30 + gained;
    GrowingKind files = new GrowingKind("file", 10 + gained, gained - 2, "/srv/receipts");
    shop.growing = new Growing(List.of(), List.of(files, kind("socket", 2)), List.of());
  }

  private static void children(Shop shop) {
    shop.children = (int) shop.second;
    shop.growing = new Growing(List.of(), List.of(), List.of(kind("ffmpeg", shop.children)));
  }

  private static GrowingKind kind(String name, int gained) {
    return new GrowingKind(name, gained, gained, "");
  }

  private static void pools(Shop shop, int threads) {
    shop.quota = 2;
    shop.poolThreads = threads;
    shop.cpuSeconds = 1.8 * shop.second;
    shop.threadCpu.put("MainThread", 1.8 * shop.second);
    shop.runQueueSeconds = 4 * shop.second;
  }

  private static void throttled(Shop shop, double share) {
    shop.quota = 0.5;
    shop.throttledSeconds = share * shop.second;
  }

  private static void cycles(Shop shop, long objects) {
    shop.fullCollections = (long) (shop.second / 10);
    shop.fullCollected = objects * shop.fullCollections;
  }

  /** Exceptions that come at this rate after the 25th sample. */
  private static double surge(Shop shop, double rate) {
    shop.counters.clear();
    double begins = 25 * shop.interval;
    return 1 + 0.3 * shop.second + Math.max(0, shop.second - begins) * rate;
  }
}
