package dev.hognose.app.replay;

import java.time.Instant;

/**
 * The time that the records make: that of the latest, but for one alone that is far ahead. Its
 * clock may be wrong; with the second that is, time went on.
 */
final class BelievedTime {

  private Instant now = Instant.EPOCH;
  private boolean wasAhead;

  /** Hears of the next record; whether it is believed. */
  boolean believes(Instant at) {
    boolean isAhead = at.isAfter(now.plus(Lane.BELIEVED));
    boolean isBelieved = !isAhead || wasAhead || now.equals(Instant.EPOCH);
    wasAhead = isAhead;
    now = isBelieved && at.isAfter(now) ? at : now;
    return isBelieved;
  }

  /** In 1970, before the first record. */
  Instant now() {
    return now;
  }
}
