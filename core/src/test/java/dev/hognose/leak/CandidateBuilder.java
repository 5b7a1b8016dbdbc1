package dev.hognose.leak;

import dev.hognose.sample.GrowthRate;
import java.time.Instant;
import java.util.OptionalDouble;

/** Even growth of both channels from half of a gibibyte on, until a test says otherwise. */
final class CandidateBuilder {

  static final long LIMIT_KIB = 1 << 20;
  private static final double FIRST_KIB = LIMIT_KIB / 2.0;

  private final double hours;
  private final double share;
  private Trend.Where where = Trend.Where.PYTHON;
  private long limitKib = LIMIT_KIB;
  private double evenness = 1;
  private double slope = 1e6;

  private CandidateBuilder(double hours, double share) {
    this.hours = hours;
    this.share = share;
  }

  /**
   * Growth that has gone on.
   *
   * @param hours policy hours
   * @param share of the room below the limit of a gibibyte
   */
  static CandidateBuilder grown(double hours, double share) {
    return new CandidateBuilder(hours, share);
  }

  CandidateBuilder where(Trend.Where place) {
    where = place;
    return this;
  }

  CandidateBuilder limitKib(long limit) {
    limitKib = limit;
    return this;
  }

  CandidateBuilder evenness(double secondHalf) {
    evenness = secondHalf;
    return this;
  }

  /** Bytes an hour. */
  CandidateBuilder slope(double rate) {
    slope = rate;
    return this;
  }

  Candidate build() {
    GrowthRate rate = new GrowthRate(slope);
    return new Candidate(
        where,
        hours,
        share * FIRST_KIB,
        FIRST_KIB,
        limitKib,
        1,
        evenness,
        1,
        rate,
        new Trend.SlopeInterval(rate, rate),
        Instant.EPOCH,
        OptionalDouble.of(7));
  }
}
