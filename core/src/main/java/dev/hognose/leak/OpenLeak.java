package dev.hognose.leak;

import java.time.Instant;

/**
 * A leak that is being told.
 *
 * @param version of the service when it fired
 * @param growth as it is now
 * @param told growth as it was told last
 * @param toldAt the latest time that was told
 */
public record OpenLeak(
    Instant firedAt, String version, Growth growth, Growth told, Instant toldAt) {

  OpenLeak grown(Growth latest) {
    return new OpenLeak(firedAt, version, latest, told, toldAt);
  }

  OpenLeak told(Instant at) {
    return new OpenLeak(firedAt, version, growth, growth, at.isAfter(toldAt) ? at : toldAt);
  }
}
