package dev.hognose.loop;

import java.time.Instant;
import java.util.Comparator;

/**
 * The earliest block of an episode.
 *
 * @param version of the service, empty when unknown
 */
public record Origin(Instant startedAt, BlockId block, String version)
    implements Comparable<Origin> {

  private static final Comparator<Origin> ORDER =
      Comparator.comparing(Origin::startedAt).thenComparing(Origin::block);

  Origin or(Origin other) {
    return compareTo(other) <= 0 ? this : other;
  }

  @Override
  public int compareTo(Origin other) {
    return ORDER.compare(this, other);
  }
}
