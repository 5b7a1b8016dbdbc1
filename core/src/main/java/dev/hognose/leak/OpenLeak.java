package dev.hognose.leak;

import java.time.Instant;

/**
 * A leak that is being told.
 *
 * @param version of the service that it began with, as far as was known when it fired
 * @param growth as it is now
 * @param alone it was found without regard to other lives of the service
 * @param told what was told of it last
 */
public record OpenLeak(Instant firedAt, String version, Growth growth, boolean alone, Told told) {

  /**
   * What was told last.
   *
   * @param at the latest time that was told
   * @param rising processes of the service that share it, this one included
   */
  public record Told(Instant at, Growth growth, int rising) {}

  OpenLeak grown(Growth latest) {
    return new OpenLeak(firedAt, version, latest, alone, told);
  }

  OpenLeak told(Instant at, int rising) {
    Instant latest = at.isAfter(told.at) ? at : told.at;
    return new OpenLeak(firedAt, version, growth, alone, new Told(latest, growth, rising));
  }
}
