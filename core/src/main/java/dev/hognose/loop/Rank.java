package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;

/**
 * How much the blocks of one fingerprint have cost, the least first; of equals the one that was
 * seen last counts for more.
 *
 * @param key of the fingerprint
 */
record Rank(Duration lost, Instant until, String key) implements Comparable<Rank> {

  private static final Comparator<Rank> ORDER =
      Comparator.comparing(Rank::lost).thenComparing(Rank::until).thenComparing(Rank::key);

  static Rank of(Episodes episodes) {
    return new Rank(episodes.lost(), episodes.newest(), episodes.fingerprint().key());
  }

  @Override
  public int compareTo(Rank other) {
    return ORDER.compare(this, other);
  }
}
