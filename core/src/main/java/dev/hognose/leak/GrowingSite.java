package dev.hognose.leak;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import dev.hognose.sample.GrowthRate;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An allocation site that kept growing over several tracemalloc windows. What a single window saw
 * is no evidence: any cache and any burst leaves something behind.
 *
 * @param site with what survived in all windows
 * @param windows in how many it was seen
 * @param rate at which memory survives there, over all that was traced
 */
record GrowingSite(AllocationGrowth.Site site, int windows, GrowthRate rate) {

  private static final int MOST = 10;
  private static final int SEVERAL = 2;
  private static final double MS_PER_HOUR = 3.6e6;
  private static final Pattern INSTALLED = Pattern.compile("/(site|dist)-packages/");
  private static final Pattern STANDARD =
      Pattern.compile("^<|/lib(64)?/python\\d[.\\d]*/(?!(site|dist)-packages/)");

  private static final Comparator<GrowingSite> FASTEST_FIRST =
      Comparator.comparing((GrowingSite each) -> each.site.bytes())
          .reversed()
          .thenComparing(each -> each.site.frames().toString());

  /** The fastest, at most {@value #MOST}. */
  static List<GrowingSite> of(LeakEvidence evidence) {
    Map<List<Frame>, Seen> byFrames = new HashMap<>();
    Duration traced = Duration.ZERO;
    for (LeakEvidence.Window window : evidence.windows()) {
      traced = traced.plus(window.length());
      window.sites().forEach(site -> byFrames.merge(site.frames(), new Seen(site, 1), Seen::and));
    }
    double hours = traced.toMillis() / MS_PER_HOUR;
    return byFrames.values().stream()
        .filter(seen -> seen.windows >= SEVERAL)
        .map(seen -> new GrowingSite(seen.site, seen.windows, seen.rate(hours)))
        .sorted(FASTEST_FIRST)
        .limit(MOST)
        .toList();
  }

  /** What windows saw of one site. */
  private record Seen(AllocationGrowth.Site site, int windows) {

    Seen and(Seen other) {
      Bytes bytes = new Bytes(sum(site.bytes().count(), other.site.bytes().count()));
      return new Seen(
          new AllocationGrowth.Site(site.frames(), bytes, sum(site.blocks(), other.site.blocks())),
          windows + other.windows);
    }

    /** Of windows without a length nothing is known. */
    GrowthRate rate(double hours) {
      return hours > 0 ? new GrowthRate(site.bytes().count() / hours) : GrowthRate.ZERO;
    }
  }

  /** Which part of the whole growth it is, 0 to 1. */
  double shareOf(GrowthRate whole) {
    return whole.bytesPerHour() > 0 ? Math.min(1, rate.bytesPerHour() / whole.bytesPerHour()) : 0;
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  /**
   * The innermost frame of the user's own code; without one the innermost that is not Python's own,
   * as a service may be installed like any package.
   */
  Frame culprit() {
    return innermost(frame -> isForeign(frame, STANDARD) || isForeign(frame, INSTALLED))
        .or(() -> innermost(frame -> isForeign(frame, STANDARD)))
        .orElseGet(() -> site.frames().get(site.frames().size() - 1));
  }

  private Optional<Frame> innermost(Predicate<Frame> foreign) {
    return site.frames().stream().filter(foreign.negate()).reduce((outer, inner) -> inner);
  }

  private static boolean isForeign(Frame frame, Pattern files) {
    return files.matcher(frame.file()).find();
  }
}
