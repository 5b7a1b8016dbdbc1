package dev.hognose.collector.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.hognose.settings.SettingException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Who is let in: everybody, or those who show a name with its password, or a token.
 *
 * <p>What is shown is compared by its digest and with all that are known, so that the time it takes
 * tells nothing about any of them.
 */
final class Admission {

  private static final int SHORTEST_TOKEN = 16;

  private final boolean isOpen;
  private final List<byte[]> known;

  private Admission(boolean isOpen, List<byte[]> known) {
    this.isOpen = isOpen;
    this.known = List.copyOf(known);
  }

  /**
   * Reads the files that the settings name.
   *
   * @throws SettingException when one cannot be read, or a line of it; the line itself is not told
   */
  static Admission of(HttpSettings settings) {
    List<byte[]> known = new ArrayList<>();
    settings.users().ifPresent(file -> known.addAll(digests("USERS", file, Admission::user)));
    settings.tokens().ifPresent(file -> known.addAll(digests("TOKENS", file, Admission::token)));
    return new Admission(!settings.isGuarded(), known);
  }

  /**
   * Whether he is.
   *
   * @param authorization the header, if there was one
   */
  boolean admits(Optional<String> authorization) {
    if (isOpen) {
      return true;
    }
    byte[] shown = digest(authorization.map(Admission::normal).orElse(""));
    boolean found = false;
    for (byte[] each : known) {
      found |= MessageDigest.isEqual(each, shown);
    }
    return found;
  }

  /** The name of the scheme is written in any case. */
  private static String normal(String authorization) {
    int space = authorization.indexOf(' ');
    return space < 0
        ? ""
        : authorization.substring(0, space).toLowerCase(Locale.ROOT)
            + authorization.substring(space).stripTrailing();
  }

  private static String user(String line) {
    if (line.indexOf(':') < 1 || line.endsWith(":")) {
      throw new IllegalArgumentException("expected NAME:PASSWORD");
    }
    return "basic " + Base64.getEncoder().encodeToString(line.getBytes(UTF_8));
  }

  private static String token(String line) {
    if (line.length() < SHORTEST_TOKEN || !line.matches("[\\x21-\\x7e]+")) {
      throw new IllegalArgumentException(
          "expected a token of at least "
              + SHORTEST_TOKEN
              + " letters, digits and signs without spaces");
    }
    return "bearer " + line;
  }

  private static List<byte[]> digests(String key, Path file, UnaryOperator<String> parse) {
    String setting = "HOGNOSE_HTTP_" + key + "=" + file + ": ";
    List<byte[]> digests = new ArrayList<>();
    int number = 0;
    for (String line : lines(setting, file)) {
      number++;
      if (!line.isBlank()) {
        try {
          digests.add(digest(parse.apply(line)));
        } catch (IllegalArgumentException refused) {
          throw new SettingException(setting + "line " + number + ": " + refused.getMessage());
        }
      }
    }
    if (digests.isEmpty()) {
      throw new SettingException(setting + "is empty, nobody could come in");
    }
    return digests;
  }

  private static List<String> lines(String setting, Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      throw new SettingException(setting + "expected a file of text that can be read");
    }
  }

  private static byte[] digest(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException never) {
      throw new IllegalStateException("every Java has SHA-256", never);
    }
  }
}
