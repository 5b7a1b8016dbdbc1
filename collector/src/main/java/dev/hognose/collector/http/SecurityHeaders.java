package dev.hognose.collector.http;

import java.util.Map;
import java.util.TreeMap;

/** What every answer asks of the browser that shows it; a page says more of itself. */
final class SecurityHeaders {

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Cache-Control", "no-store",
          "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'",
          "Cross-Origin-Opener-Policy", "same-origin",
          "Cross-Origin-Resource-Policy", "same-origin",
          "Referrer-Policy", "same-origin",
          "X-Content-Type-Options", "nosniff",
          "X-Frame-Options", "SAMEORIGIN");

  private SecurityHeaders() {}

  static Map<String, String> of(HttpSettings settings) {
    Map<String, String> headers = new TreeMap<>(ALWAYS);
    if (settings.certificate().isPresent()) {
      headers.put("Strict-Transport-Security", "max-age=31536000");
    }
    return headers;
  }
}
