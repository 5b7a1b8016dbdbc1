package dev.hognose.collector.http;

import dev.hognose.settings.Env;
import dev.hognose.settings.SettingException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where to listen, and whom to let in.
 *
 * @param port 0 takes a free one
 * @param certificate PEM, the server's own first; with the key it is HTTPS
 * @param key PEM, PKCS#8 without a password
 * @param users a file of NAME:PASSWORD lines
 * @param tokens a file of a bearer token a line
 * @param names that it is asked for by, in lower case, beside addresses and names without a dot
 * @param proxies addresses and networks of those that may say whom a request comes from
 */
public record HttpSettings(
    String host,
    int port,
    Optional<Path> certificate,
    Optional<Path> key,
    Optional<Path> users,
    Optional<Path> tokens,
    Set<String> names,
    Set<String> proxies) {

  private static final int HIGHEST_PORT = 65_535;
  private static final Pattern NAME = Pattern.compile("[a-z0-9_-]+(\\.[a-z0-9_-]+)*");

  public HttpSettings {
    names = Set.copyOf(names);
    proxies = Set.copyOf(proxies);
  }

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
        file(env, "HTTP_TOKENS"),
        env.read("HTTP_NAMES", Set.of(), HttpSettings::names),
        env.read("HTTP_PROXIES", Set.of(), HttpSettings::proxies));
  }

  /** Plain HTTP for everybody who reaches the address. */
  public static HttpSettings open(String host, int port) {
    return new HttpSettings(
        host,
        port,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Set.of(),
        Set.of());
  }

  /** How people write the address. */
  public String scheme() {
    return certificate.isPresent() ? "https" : "http";
  }

  /** Whether somebody must say who he is. */
  public boolean isGuarded() {
    return users.isPresent() || tokens.isPresent();
  }

  private static Set<String> proxies(String text) {
    Set<String> proxies =
        Stream.of(text.split(",", -1)).map(String::strip).collect(Collectors.toSet());
    new Proxies(proxies);
    return proxies;
  }

  private static Set<String> names(String text) {
    Set<String> names = new TreeSet<>(List.of(text.toLowerCase(Locale.ROOT).split(",", -1)));
    if (!names.stream().allMatch(NAME.asMatchPredicate())) {
      throw new IllegalArgumentException(
          "expected names as in collector.example.org, several with commas");
    }
    return names;
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
