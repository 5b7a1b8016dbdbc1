package dev.hognose.collector.page;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/**
 * The time that charts show, as it stands in the address: {@code -1h}, {@code now}, or a moment.
 */
record Window(String from, String to) {

  static final String FROM = "-1h";
  static final String TO = "now";
  private static final int LONGEST = 40;

  Window {
    from = from.isEmpty() || from.length() > LONGEST ? FROM : from;
    to = to.isEmpty() || to.length() > LONGEST ? TO : to;
  }

  String query() {
    return "from=" + encoded(from) + "&to=" + encoded(to);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
