package dev.hognose.app.child;

import java.util.ArrayList;
import java.util.List;

/**
 * Runs a command apart from the terminal: Ctrl-C reaches this program alone, which then ends its
 * children in order.
 */
public final class OwnSession {

  /** Where there is no setsid, Ctrl-C is ignored at least by who does not ask for it. */
  private static final String APART =
      "trap '' INT; command -v setsid >/dev/null && exec setsid \"$@\"; exec \"$@\"";

  private OwnSession() {}

  /** The command to start in place of this one; it keeps its process id. */
  public static List<String> of(List<String> command) {
    List<String> apart = new ArrayList<>(List.of("sh", "-c", APART, "sh"));
    apart.addAll(command);
    return apart;
  }
}
