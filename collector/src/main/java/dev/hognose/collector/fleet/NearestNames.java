package dev.hognose.collector.fleet;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.Collectors;
import org.apache.commons.text.similarity.LevenshteinDistance;

/** Names of the fleet that somebody may have meant. */
public final class NearestNames {

  private static final int MOST = 3;
  private static final int LONGEST = 200;

  private NearestNames() {}

  /** {@code " Nearest: orders, order-mail."}; empty when there are no names. */
  public static String sentence(String wanted, Collection<String> names) {
    String compared = wanted.substring(0, Math.min(wanted.length(), LONGEST));
    LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
    String nearest =
        names.stream()
            .sorted(Comparator.comparing(name -> distance.apply(compared, name)))
            .limit(MOST)
            .collect(Collectors.joining(", "));
    return nearest.isEmpty() ? "" : " Nearest: " + nearest + ".";
  }
}
