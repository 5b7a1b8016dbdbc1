package dev.hognose.limit;

import java.util.Optional;

/** Tells of a process that said no farewell whether it was killed for its memory. */
final class KillDetector {

  private final LimitPolicy policy;

  KillDetector(LimitPolicy policy) {
    this.policy = policy;
  }

  /** That it was killed, if nothing more is heard of it. */
  Optional<Killed> vanished(LimitLife life) {
    return life.heard()
        .filter(last -> isNear(life, last))
        .map(
            last ->
                new Killed(
                    last.silentAt().plus(policy.vanish()),
                    Killed.Seen.VANISHED,
                    0,
                    last,
                    life.soon().map(OpenForecast::forecast)));
  }

  /** Near the limit, or on a way that had reached it before anything more was to be heard. */
  private boolean isNear(LimitLife life, LimitUse last) {
    if (last.share(last.resident()) >= policy.near()) {
      return true;
    }
    return life.soon()
        .map(OpenForecast::forecast)
        .filter(
            forecast ->
                last.share(last.used()) >= policy.near()
                    || forecast.left().compareTo(life.patience(policy)) <= 0)
        .isPresent();
  }
}
