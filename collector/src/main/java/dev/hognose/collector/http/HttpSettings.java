package dev.hognose.collector.http;

import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where to listen, and whom to let in.
 *
 * @param port 0 takes a free one
 * @param certificate PEM, the server's own first; with the key it is HTTPS
 * @param key PEM, PKCS#8 without a password
 * @param users a file of NAME:PASSWORD lines
 * @param tokens a file of a bearer token a line
 */
public record HttpSettings(
    String host,
    int port,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> users,
    Optional<Path> tokens) {

  private static final int HIGHEST_PORT = 65_535;

  /**
   * Reads them.
   *
   * @throws SettingException for a value that cannot be used; the files are read by the server
   */
  public static HttpSettings from(Env env, int defaultPort) {
    Optional<Path> certificate = file(env, "HTTP_CERTIFICATE");
    Optional<Path> key = file(env, "HTTP_KEY");
    if (certificate.isPresent() != key.isPresent()) {
      throw new SettingException(
          "HOGNOSE_HTTP_CERTIFICATE and HOGNOSE_HTTP_KEY: expected both or none");
    }
    return new HttpSettings(
        env.text("HTTP_HOST", "127.0.0.1"),
        env.integer("HTTP_PORT", defaultPort, 0, HIGHEST_PORT),
        certificate,
        key,
        file(env, "HTTP_USERS"),
        file(env, "HTTP_TOKENS"));
  }

  /** Plain HTTP for everybody who reaches the address. */
  public static HttpSettings open(String host, int port) {
    return new HttpSettings(
        host, port, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** How people write the address. */
  public String scheme() {
    return certificate.isPresent() ? "https" : "http";
  }

  /** Whether somebody must say who he is. */
  public boolean isGuarded() {
    return users.isPresent() || tokens.isPresent();
  }

  private static Optional<Path> file(Env env, String key) {
    return env.read(key, Optional.empty(), HttpSettings::file);
  }

  private static Optional<Path> file(String text) {
    try {
      if (!text.isBlank()) {
        return Optional.of(Path.of(text));
      }
    } catch (InvalidPathException refused) {
      throw new IllegalArgumentException("expected the path of a file", refused);
    }
    throw new IllegalArgumentException("expected the path of a file");
  }
}
