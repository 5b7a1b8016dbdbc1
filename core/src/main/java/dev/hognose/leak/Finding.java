package dev.hognose.leak;

import java.util.Optional;

/**
 * What the latest test of one level found; it stands until the level's next one.
 *
 * @param candidate present exactly when something rises
 */
record Finding(Strength strength, Optional<Candidate> candidate) {

  static final Finding UNTESTED = new Finding(Strength.UNTESTED, Optional.empty());
  static final Finding NOTHING = new Finding(Strength.NOTHING, Optional.empty());

  /** From nothing known to the strongest. */
  enum Strength {
    UNTESTED,
    NOTHING,
    GROWING,
    SUSPECT
  }

  /** What is left of it when all growth has ended: that it was tested. */
  Finding settled() {
    return strength == Strength.UNTESTED ? UNTESTED : NOTHING;
  }
}
