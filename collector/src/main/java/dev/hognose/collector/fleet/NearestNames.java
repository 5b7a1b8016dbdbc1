package dev.hognose.collector.fleet;

import dev.hognose.settings.Nearest;
import java.util.Collection;

/** Names of the fleet that somebody may have meant. */
public final class NearestNames {

  /** Of what somebody asked for. */
  private static final int LONGEST = 200;

  private NearestNames() {}

  /** {@code " Nearest: orders, order-mail."}; empty when there are no names. */
  public static String sentence(String wanted, Collection<String> names) {
    String compared = wanted.substring(0, Math.min(wanted.length(), LONGEST));
    return names.isEmpty() ? "" : " Nearest: " + Nearest.to(compared, names) + ".";
  }
}
