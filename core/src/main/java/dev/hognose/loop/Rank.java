package dev.hognose.loop;

import dev.hognose.alert.Largest;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * How much loop time the blocks of one fingerprint have cost; of equals the one that was seen first
 * counts for more, so that nobody has to leave for an equal.
 *
 * @param key of the fingerprint
 */
record Rank(Duration lost, Instant from, String key) implements Largest.Rank, Comparable<Rank> {

  private static final Comparator<Rank> ORDER =
      Comparator.comparing(Rank::lost)
          .thenComparing(Rank::from, Comparator.reverseOrder())
          .thenComparing(Rank::key);

  static Rank of(Episodes episodes) {
    return new Rank(episodes.lost(), episodes.oldest(), episodes.fingerprint().key());
  }

  @Override
  public int compareTo(Rank other) {
    return ORDER.compare(this, other);
  }
}
