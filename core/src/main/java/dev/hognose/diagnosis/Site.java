package dev.hognose.diagnosis;

import dev.hognose.sample.Frame;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a counter counts: a place in the code, or the name of a coroutine.
 *
 * @param place absent when it is none
 */
record Site(String text, Optional<Frame> place) {

  /** Between a file and a function. */
  static final String IN = " in ";

  private static final Pattern PLACE = Pattern.compile("(.+):(\\d{1,9}) in (.+)");

  static Site of(String text) {
    Matcher matcher = PLACE.matcher(text);
    return new Site(
        text,
        matcher.matches()
            ? Optional.of(
                new Frame(matcher.group(1), Integer.parseInt(matcher.group(2)), matcher.group(3)))
            : Optional.empty());
  }

  /** Without the line, so that an edit above it makes no new culprit. */
  String culprit() {
    return place.map(frame -> frame.file() + IN + frame.function()).orElse(text);
  }
}
