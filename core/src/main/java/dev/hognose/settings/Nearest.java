package dev.hognose.settings;

import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;

/** What somebody may have meant. */
public final class Nearest {

  private static final int MOST = 3;

  /** Of as many letters of a name one may be wrong, and it still is like another. */
  private static final int LETTERS_A_SLIP = 5;

  private record Candidate(String name, int distance) {}

  private Nearest() {}

  /** The names that are most like what was written, the most like it first, with commas. */
  public static String to(String written, Collection<String> names) {
    return names.stream()
        .map(name -> new Candidate(name, distance(written, name)))
        .sorted(Comparator.comparingInt(Candidate::distance))
        .limit(MOST)
        .map(Candidate::name)
        .collect(Collectors.joining(", "));
  }

  /** Whether one of the names may have been meant. */
  public static boolean isLikeOne(String written, Collection<String> names) {
    return names.stream()
        .anyMatch(name -> distance(written, name) * LETTERS_A_SLIP <= written.length());
  }

  /** Levenshtein's: how many letters to add, drop or change. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    Arrays.setAll(row, index -> index);
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int changed = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(changed, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[to.length()];
  }
}
