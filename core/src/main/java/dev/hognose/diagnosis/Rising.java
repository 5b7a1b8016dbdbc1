package dev.hognose.diagnosis;

import dev.hognose.alert.Evidence;
import dev.hognose.alert.Wording;
import java.util.ArrayList;
import java.util.List;

/** How a steady rise is told, whatever it is that rises. */
final class Rising {

  private Rising() {}

  /**
   * Says how much there is, and how much more.
   *
   * @param things what rises, in the plural: {@code threads}
   * @param more evidence that only this rise has
   */
  static Sign sign(
      String culprit, String things, SteadyRise rise, RisePolicy policy, Evidence... more) {
    String phrase =
        Words.number(rise.level())
            + " "
            + things
            + ", "
            + Words.number(rise.gained())
            + " more within "
            + Wording.time(rise.over());
    List<Evidence> evidence = new ArrayList<>();
    evidence.add(Words.count("level", rise.level()));
    evidence.add(Words.count("gained", rise.gained()));
    evidence.add(Words.perHour("growth", 60 * rise.perMinute()));
    evidence.addAll(List.of(more));
    return Sign.of(culprit, phrase, rise.gained() / policy.least(), evidence);
  }
}
