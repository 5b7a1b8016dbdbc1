package dev.hognose.leak;

import dev.hognose.alert.Wording;
import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Event;
import dev.hognose.sample.Frame;
import dev.hognose.sample.Retention;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a process said about where its memory goes: the last {@value #MOST_WINDOWS} tracemalloc
 * windows, and of each growing container the last word. Kept before there is a leak, as a leak is
 * traced before it is told.
 */
public record LeakEvidence(List<Window> windows, List<Holder> holders) {

  public static final LeakEvidence NONE = new LeakEvidence(List.of(), List.of());

  private static final int MOST_WINDOWS = 6;
  private static final int MOST_SITES = 10;
  private static final int MOST_FRAMES = 12;
  private static final int MOST_HOLDERS = 10;

  /**
   * One tracemalloc window: its largest sites.
   *
   * @param at its end
   */
  public record Window(Instant at, Duration length, List<AllocationGrowth.Site> sites) {

    public Window {
      sites = List.copyOf(sites);
    }
  }

  /** A container that grows, or a type of which there are more and more. */
  public record Holder(Instant at, Retention retention) {

    /** A type holds nothing: it comes after what does. */
    private static final Comparator<Holder> CONTAINERS_FIRST_THEN_FASTEST =
        Comparator.comparing(Holder::isType)
            .thenComparing(each -> each.retention.growthPerHour(), Comparator.reverseOrder())
            .thenComparing(each -> each.retention.name());

    boolean isType() {
      return retention.kind() == Retention.Kind.TYPE;
    }

    boolean isAbout(Holder other) {
      return retention.name().equals(other.retention.name())
          && retention.kind() == other.retention.kind();
    }
  }

  public LeakEvidence {
    windows = List.copyOf(windows);
    holders = List.copyOf(holders);
  }

  /**
   * With what an event says; itself for an event that says nothing about it, such as that a cache
   * has no limit: it holds no leak before it grows. Nor does a window that nobody has read.
   */
  LeakEvidence and(Event event) {
    if (event.what() instanceof AllocationGrowth growth && !growth.isThrownAway()) {
      return with(new Window(event.at(), growth.window(), legible(growth)));
    }
    return event.what() instanceof Retention retention && retention.growthPerHour() != 0
        ? with(new Holder(event.at(), Wording.legible(retention)))
        : this;
  }

  private static List<AllocationGrowth.Site> legible(AllocationGrowth growth) {
    return growth.sites().stream()
        .filter(site -> !site.frames().isEmpty())
        .sorted(Comparator.comparing(AllocationGrowth.Site::bytes).reversed())
        .limit(MOST_SITES)
        .map(LeakEvidence::legible)
        .toList();
  }

  private static AllocationGrowth.Site legible(AllocationGrowth.Site site) {
    List<Frame> frames = site.frames();
    List<Frame> innermost = frames.subList(Math.max(0, frames.size() - MOST_FRAMES), frames.size());
    return new AllocationGrowth.Site(
        innermost.stream().map(Wording::legible).toList(), site.bytes(), site.blocks());
  }

  private LeakEvidence with(Window window) {
    List<Window> inOrder =
        Stream.concat(windows.stream(), Stream.of(window))
            .sorted(Comparator.comparing(Window::at))
            .toList();
    int surplus = Math.max(0, inOrder.size() - MOST_WINDOWS);
    return new LeakEvidence(inOrder.subList(surplus, inOrder.size()), holders);
  }

  private LeakEvidence with(Holder holder) {
    if (holders.stream().anyMatch(known -> known.isAbout(holder) && known.at.isAfter(holder.at))) {
      return this;
    }
    List<Holder> fastest =
        Stream.concat(holders.stream().filter(known -> !known.isAbout(holder)), Stream.of(holder))
            .sorted(Holder.CONTAINERS_FIRST_THEN_FASTEST)
            .limit(MOST_HOLDERS)
            .toList();
    return new LeakEvidence(windows, fastest);
  }

  /** Without containers that nothing was said of since then: they grow no more. */
  LeakEvidence growingSince(Instant told) {
    return new LeakEvidence(
        windows,
        holders.stream().filter(holder -> holder.isType() || !holder.at.isBefore(told)).toList());
  }

  /** Without windows and types of before growth began; both are asked for as long as it lasts. */
  LeakEvidence of(Growth growth) {
    Instant since = growth.since();
    return new LeakEvidence(
        windows.stream().filter(window -> !window.at.isBefore(since)).toList(),
        holders.stream().filter(holder -> !holder.isType() || !holder.at.isBefore(since)).toList());
  }

  /** What was known then. */
  LeakEvidence until(Instant end) {
    return new LeakEvidence(
        windows.stream().filter(window -> !window.at.isAfter(end)).toList(),
        holders.stream().filter(holder -> !holder.at.isAfter(end)).toList());
  }

  /** Time of the latest, {@link Instant#MIN} without any. */
  Instant newest() {
    return Stream.concat(windows.stream().map(Window::at), holders.stream().map(Holder::at))
        .max(Comparator.naturalOrder())
        .orElse(Instant.MIN);
  }

  List<Retention> retention() {
    return holders.stream().map(Holder::retention).toList();
  }
}
