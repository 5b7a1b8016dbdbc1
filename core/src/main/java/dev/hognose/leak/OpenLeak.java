package dev.hognose.leak;

import java.time.Instant;
import java.util.Optional;

/**
 * A leak that is being told.
 *
 * @param version of the service that it began with, as far as was known when it fired
 * @param alone it was found without regard to other lives of the service
 * @param told what was told of it last: all figures of an alert are of one time, so that what comes
 *     between two judgements does not change them
 */
public record OpenLeak(Instant firedAt, String version, boolean alone, Told told) {

  /**
   * What was told last.
   *
   * @param at the latest time that was told
   * @param sharing how its service shared it then
   * @param footprint of the process then
   */
  public record Told(Instant at, Growth growth, ServiceWord.Sharing sharing, Footprint footprint) {}

  /** Where no service is asked, the process's own leak is told. */
  static Optional<OpenLeak> alone(LeakLife life) {
    return life.heard()
        .flatMap(heard -> life.state().ownLeak().map(own -> OpenLeak.alone(heard, own)));
  }

  private static OpenLeak alone(Heard heard, OwnLeak own) {
    ServiceWord.Sharing sharing = ServiceWord.Sharing.ALONE;
    Told told = new Told(heard.at(), own.growth(), sharing, heard.footprint());
    return new OpenLeak(own.firedAt(), heard.version(), true, told);
  }

  /** With other figures, and never an earlier time: a reader can tell which is the later. */
  OpenLeak with(Told latest) {
    Instant at = latest.at.isAfter(told.at) ? latest.at : told.at;
    return new OpenLeak(
        firedAt, version, alone, new Told(at, latest.growth, latest.sharing, latest.footprint));
  }

  OpenLeak toldAt(Instant at) {
    return with(new Told(at, told.growth, told.sharing, told.footprint));
  }

  /** The same leak, found in the way that the latest judgement found it. */
  OpenLeak foundAs(OpenLeak latest) {
    return new OpenLeak(firedAt, version, latest.alone, told);
  }
}
