package dev.hognose.sample;

import java.time.Duration;
import java.util.List;

/**
 * Memory that was allocated in a tracemalloc window and survived it.
 *
 * @param predictedPause what reading the window was expected to cost
 * @param pause what it cost
 * @param sites largest first
 * @param cut sites or frames were left out to fit the size of an event
 */
public record AllocationGrowth(
    Duration window, Duration predictedPause, Duration pause, List<Site> sites, boolean cut)
    implements Event.What {

  public AllocationGrowth {
    sites = List.copyOf(sites);
  }

  /**
   * Whether nothing of the window was read, as that would have paused the process for too long. One
   * that was read took its time, and says that nothing is missing when nothing grew.
   */
  public boolean isThrownAway() {
    return sites.isEmpty() && cut && pause.isZero();
  }

  /**
   * Where surviving memory was allocated.
   *
   * @param frames innermost last
   */
  public record Site(List<Frame> frames, Bytes bytes, long blocks) {

    public Site {
      Count.check("blocks", blocks);
      frames = List.copyOf(frames);
    }
  }
}
