package dev.hognose.leak;

import java.util.Optional;

/** Joins what a process shows alone with what the lives of its service say of it. */
final class JointVerdict {

  private JointVerdict() {}

  /**
   * The word of the service decides what is a leak, as soon as there is one; all else is the
   * process's own. A leak that fired before there was a word goes on until either ends it.
   */
  static LeakVerdict of(LeakLife life, LeakVerdict alone) {
    Optional<ServiceWord> word = life.word().filter(ServiceWord::isOfPeers);
    if (word.isEmpty() || alone instanceof LeakVerdict.Unknown) {
      return alone;
    }
    return of(word.get(), life.open(), alone);
  }

  private static LeakVerdict of(ServiceWord word, Optional<OpenLeak> open, LeakVerdict alone) {
    if (word.leak().isPresent()) {
      return new LeakVerdict.Leaking(word.leak().get());
    }
    if (alone instanceof LeakVerdict.Leaking leaking) {
      boolean stands = open.filter(OpenLeak::alone).isPresent() && !word.cleared();
      return stands ? alone : new LeakVerdict.Suspect(leaking.growth());
    }
    return alone;
  }

  /** Why what would be a leak alone is none; empty when nothing is held back. */
  static String heldBack(LeakLife life, LeakVerdict alone) {
    boolean held =
        alone instanceof LeakVerdict.Leaking && !(of(life, alone) instanceof LeakVerdict.Leaking);
    return held ? life.word().map(word -> word.stand().kind().words()).orElse("") : "";
  }
}
