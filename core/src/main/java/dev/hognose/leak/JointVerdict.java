package dev.hognose.leak;

/** Joins what a process shows alone with what the lives of its service say of it. */
final class JointVerdict {

  private JointVerdict() {}

  /**
   * What is a leak is what is told as one; all else is the process's own. Where the service is
   * asked, its word decides, and until it comes a process is only suspected.
   */
  static LeakVerdict of(LeakLife life, LeakVerdict alone) {
    if (alone instanceof LeakVerdict.Unknown) {
      return alone;
    }
    return life.word()
        .flatMap(ServiceWord::leak)
        .<LeakVerdict>map(LeakVerdict.Leaking::new)
        .orElseGet(() -> isHeld(life, alone) ? held(alone) : alone);
  }

  private static boolean isHeld(LeakLife life, LeakVerdict alone) {
    return alone instanceof LeakVerdict.Leaking && life.open().isEmpty();
  }

  private static LeakVerdict held(LeakVerdict alone) {
    return alone instanceof LeakVerdict.Leaking leaking
        ? new LeakVerdict.Suspect(leaking.growth())
        : alone;
  }

  /** Why what would be a leak alone is none; empty when nothing is held back. */
  static String heldBack(LeakLife life, LeakVerdict alone) {
    boolean held =
        alone instanceof LeakVerdict.Leaking && !(of(life, alone) instanceof LeakVerdict.Leaking);
    return held ? life.word().map(word -> word.stand().kind().words()).orElse("") : "";
  }
}
