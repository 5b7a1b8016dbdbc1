package dev.hognose.collector.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Under which names an open server answers.
 *
 * <p>A page from anywhere can have its own name lead to an address that only its reader's browser
 * reaches (DNS rebinding), and read there what is open. Its requests tell that name: addresses,
 * names without a dot, which nobody can have registered, and names that the operator gave are
 * answered, all others are not.
 */
record OwnNames(Set<String> given) {

  private static final Pattern ADDRESS =
      Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}|\\[[0-9a-f:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  OwnNames {
    given = Set.copyOf(given);
  }

  static OwnNames of(HttpSettings settings) {
    return new OwnNames(settings.names());
  }

  /**
   * Whether a request is for this server.
   *
   * @param host the header, if there was one: browsers always send it
   */
  boolean has(Optional<String> host) {
    return host.map(text -> PORT.matcher(text.toLowerCase(Locale.ROOT)).replaceFirst(""))
        .map(OwnNames::withoutRoot)
        .map(name -> isNobodyElses(name) || given.contains(name))
        .orElse(true);
  }

  private static boolean isNobodyElses(String name) {
    return name.indexOf('.') < 0 || name.endsWith(".localhost") || ADDRESS.matcher(name).matches();
  }

  /** Names may be written down to the root: {@code localhost.} */
  private static String withoutRoot(String name) {
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }
}
