package dev.hognose.leak;

import dev.hognose.sample.AllocationGrowth;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.Frame;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * An allocation site over several tracemalloc windows.
 *
 * @param site with what survived in all of them
 * @param windows in how many it was seen: in one only, it is hardly evidence
 */
record GrowingSite(AllocationGrowth.Site site, int windows) {

  private static final int MOST = 10;
  private static final int SEVERAL = 2;
  private static final Pattern INSTALLED = Pattern.compile("/(site|dist)-packages/");
  private static final Pattern STANDARD =
      Pattern.compile("^<|/lib(64)?/python\\d[.\\d]*/(?!(site|dist)-packages/)");

  private static final Comparator<GrowingSite> STRONGEST_FIRST =
      Comparator.comparing(GrowingSite::isSeveral)
          .thenComparing(each -> each.site.bytes())
          .reversed()
          .thenComparing(each -> each.site.frames().toString());

  /** The strongest, at most {@value #MOST}. */
  static List<GrowingSite> of(LeakEvidence evidence) {
    Map<List<Frame>, GrowingSite> byFrames = new HashMap<>();
    evidence.windows().stream()
        .flatMap(window -> window.sites().stream())
        .forEach(site -> byFrames.merge(site.frames(), new GrowingSite(site, 1), GrowingSite::and));
    List<GrowingSite> all = new ArrayList<>(byFrames.values());
    all.sort(STRONGEST_FIRST);
    return all.subList(0, Math.min(MOST, all.size()));
  }

  private GrowingSite and(GrowingSite other) {
    return new GrowingSite(
        new AllocationGrowth.Site(
            site.frames(),
            new Bytes(sum(site.bytes().count(), other.site.bytes().count())),
            sum(site.blocks(), other.site.blocks())),
        windows + other.windows);
  }

  private static long sum(long one, long other) {
    return one > Long.MAX_VALUE - other ? Long.MAX_VALUE : one + other;
  }

  boolean isSeveral() {
    return windows >= SEVERAL;
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
