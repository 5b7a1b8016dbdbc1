package dev.hognose.collector.http;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What every request must pass: nothing but reading, under our own name, by those who are known.
 */
final class Gate {

  static final Set<HandlerType> READING = Set.of(HandlerType.GET, HandlerType.HEAD);

  /** For probes, which know no password; a stranger is told no reason. */
  private static final Set<String> FOR_ALL = Set.of("/healthz", "/readyz");

  /**
   * Behind a semicolon the web server lets it through, and who decodes the path would fail; a
   * parameter that cannot be decoded would be left out, and the answer be that of another question.
   */
  private static final Pattern HALF_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

  private static final String AUTHORIZATION = "Authorization";

  private final boolean isOpen;
  private final Admission admission;
  private final OwnNames names;
  private final Proxies proxies;
  private final WrongPasswords wrong = new WrongPasswords(System::nanoTime);

  /**
   * Reads the files that the settings name.
   *
   * @throws dev.hognose.settings.SettingException when one cannot be used
   */
  Gate(HttpSettings settings) {
    this.isOpen = !settings.isGuarded();
    this.admission = Admission.of(settings);
    this.names = OwnNames.of(settings);
    this.proxies = new Proxies(settings.proxies());
  }

  /** Why a request is not answered; nothing when it is. Says on the context who asks. */
  Optional<Refusal> refusal(Context context) {
    return ofForm(context)
        .or(() -> ofName(context))
        .or(() -> ofTrying(context))
        .or(() -> ofStranger(context));
  }

  private static Optional<Refusal> ofForm(Context context) {
    if (!READING.contains(context.method())) {
      context.header("Allow", "GET, HEAD");
      return Optional.of(
          new Refusal(
              HttpStatus.METHOD_NOT_ALLOWED, "expected GET or HEAD: nothing here can be changed"));
    }
    if (isHalfEscaped(context.req().getRequestURI())
        || isHalfEscaped(Optional.ofNullable(context.req().getQueryString()).orElse(""))) {
      return Optional.of(
          new Refusal(
              HttpStatus.BAD_REQUEST,
              "expected two hexadecimal digits after each % of the address"));
    }
    if (hasBody(context)) {
      context.header("Connection", "close");
      return Optional.of(
          new Refusal(HttpStatus.CONTENT_TOO_LARGE, "expected a request without a body"));
    }
    return Optional.empty();
  }

  private static boolean isHalfEscaped(String text) {
    return HALF_ESCAPE.matcher(text).find();
  }

  private static boolean hasBody(Context context) {
    return context.header("Transfer-Encoding") != null
        || !Optional.ofNullable(context.header("Content-Length")).orElse("0").equals("0");
  }

  /** A page from elsewhere knows no password: of who must show one, no name is asked. */
  private Optional<Refusal> ofName(Context context) {
    return isOpen && !names.has(Optional.ofNullable(context.header("Host")))
        ? Optional.of(
            new Refusal(
                HttpStatus.MISDIRECTED_REQUEST,
                "expected an address or a name of this server: HOGNOSE_HTTP_NAMES gives it more"))
        : Optional.empty();
  }

  private Optional<Refusal> ofTrying(Context context) {
    Duration wait = wrong.wait(asker(context));
    if (context.header(AUTHORIZATION) == null || wait.isZero()) {
      return Optional.empty();
    }
    context.header("Retry-After", Long.toString(wait.toSeconds() + 1));
    return Optional.of(
        new Refusal(HttpStatus.TOO_MANY_REQUESTS, "too many wrong passwords from this address"));
  }

  private Optional<Refusal> ofStranger(Context context) {
    if (isKnown(context) || FOR_ALL.contains(context.path())) {
      return Optional.empty();
    }
    context.header("WWW-Authenticate", "Basic realm=\"hognose\", charset=\"UTF-8\"");
    return Optional.of(
        new Refusal(
            HttpStatus.UNAUTHORIZED, "expected a name with its password, or a bearer token"));
  }

  /** A wrong password is remembered; none at all is how a browser begins. */
  private boolean isKnown(Context context) {
    Optional<String> shown = Optional.ofNullable(context.header(AUTHORIZATION));
    boolean isKnown = admission.admits(shown);
    if (!isKnown && shown.isPresent()) {
      wrong.add(asker(context));
    }
    context.attribute(Visitor.KNOWN, isKnown);
    return isKnown;
  }

  private String asker(Context context) {
    return proxies.asker(
        context.ip(), Collections.list(context.req().getHeaders("X-Forwarded-For")));
  }
}
