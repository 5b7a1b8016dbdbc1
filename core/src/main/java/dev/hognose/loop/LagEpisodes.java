package dev.hognose.loop;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The episodes of one service and cause that minutes may still be added to, earliest first; of more
 * than {@value #MOST} the earliest are forgotten.
 */
public record LagEpisodes(String service, LagCause cause, List<LagEpisode> all) {

  private static final int MOST = 16;
  private static final Comparator<LagEpisode> ORDER =
      Comparator.comparing(episode -> episode.extent().from());

  public LagEpisodes {
    all = List.copyOf(all);
  }

  public static LagEpisodes none(String service, LagCause cause) {
    return new LagEpisodes(service, cause, List.of());
  }

  /** The same for the same service and cause, and for no others. */
  public static String key(String service, LagCause cause) {
    return service + "\n" + cause;
  }

  public String key() {
    return key(service, cause);
  }

  LagEpisodes and(LagEpisode more, LoopLagPolicy policy) {
    Predicate<LagEpisode> near = each -> each.extent().isNear(more.extent(), policy.quiet());
    LagEpisode one = all.stream().filter(near).reduce(more, (known, each) -> each.and(known));
    List<LagEpisode> kept =
        Stream.concat(all.stream().filter(near.negate()), Stream.of(one)).sorted(ORDER).toList();
    return with(kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
  }

  LagEpisodes with(List<LagEpisode> changed) {
    return new LagEpisodes(service, cause, changed);
  }

  /** The end of the last minute that is known. */
  Instant newest() {
    return all.stream()
        .map(each -> each.extent().until())
        .max(Instant::compareTo)
        .orElse(Instant.MIN);
  }
}
