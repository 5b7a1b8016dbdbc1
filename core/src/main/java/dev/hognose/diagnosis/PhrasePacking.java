package dev.hognose.diagnosis;

import dev.hognose.packed.PackedWords;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;

/**
 * The packed form of what a sign says: words that come again, and between them numbers, the name of
 * the culprit, the place. What processes say of one culprit differs in numbers only.
 */
final class PhrasePacking {

  /** What stands for a few bytes may be long: of longer phrases spoilt bytes would fill memory. */
  static final int LONGEST = 2000;

  private static final int END = 0;
  private static final int CULPRIT = 1;
  private static final int PLACE = 2;
  private static final int NUMBER = 3;

  /** What a long holds whatever they are. */
  private static final int MOST_DIGITS = 18;

  private PhrasePacking() {}

  /**
   * Writes one.
   *
   * @param place in words, empty where there is none
   */
  static void put(Packer out, String phrase, String culprit, String place, PackedWords words) {
    int from = 0;
    int at = phrase.length() > LONGEST ? phrase.length() : 0;
    while (at < phrase.length()) {
      int digits = digits(phrase, at);
      int end = at;
      if (isAt(phrase, at, culprit)) {
        end += culprit.length();
        put(out, phrase.substring(from, at), CULPRIT, words);
      } else if (isAt(phrase, at, place)) {
        end += place.length();
        put(out, phrase.substring(from, at), PLACE, words);
      } else if (isNumber(phrase, at, digits)) {
        end += digits;
        put(out, phrase.substring(from, at), number(phrase, at, end), words);
      }
      from = end > at ? end : from;
      at = end > at ? end : next(phrase, at + Math.max(1, digits), culprit, place);
    }
    put(out, phrase.substring(from), END, words);
  }

  /** Where something else than words may begin; most of a phrase is words. */
  private static int next(String phrase, int from, String culprit, String place) {
    char one = culprit.isEmpty() ? '0' : culprit.charAt(0);
    char other = place.isEmpty() ? '0' : place.charAt(0);
    for (int at = from; at < phrase.length(); at++) {
      char each = phrase.charAt(at);
      if ((each >= '0' && each <= '9') || each == one || each == other) {
        return at;
      }
    }
    return phrase.length();
  }

  private static void put(Packer out, String before, long mark, PackedWords words) {
    words.put(out, before);
    Varint.put(out, mark);
  }

  private static long number(String phrase, int from, int to) {
    return NUMBER + Long.parseLong(phrase, from, to, 10);
  }

  private static boolean isAt(String phrase, int at, String name) {
    return !name.isEmpty() && name.charAt(0) == phrase.charAt(at) && phrase.startsWith(name, at);
  }

  private static int digits(String phrase, int at) {
    int end = at;
    while (end < phrase.length() && phrase.charAt(end) >= '0' && phrase.charAt(end) <= '9') {
      end++;
    }
    return end - at;
  }

  /** Not what would be another text when it is written as a number is. */
  private static boolean isNumber(String phrase, int at, int digits) {
    boolean isPlain = digits == 1 || (digits > 1 && phrase.charAt(at) != '0');
    return isPlain && digits <= MOST_DIGITS;
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException for one of several parts that is too long for them
   */
  static String get(ByteBuffer in, String culprit, String place, PackedWords words) {
    String first = words.get(in);
    long mark = Varint.get(in);
    if (mark == END) {
      return first;
    }
    StringBuilder phrase = new StringBuilder();
    append(phrase, first);
    for (; mark != END; mark = Varint.get(in)) {
      append(phrase, marked(mark, culprit, place));
      append(phrase, words.get(in));
    }
    return phrase.toString();
  }

  private static String marked(long mark, String culprit, String place) {
    if (mark < 0) {
      throw new IllegalArgumentException("number below 0 in a phrase: expected 0 or more");
    }
    if (mark == CULPRIT) {
      return culprit;
    }
    return mark == PLACE ? place : Long.toString(mark - NUMBER);
  }

  private static void append(StringBuilder phrase, String part) {
    if (part.length() > LONGEST - phrase.length()) {
      throw new IllegalArgumentException(
          "phrase of more than " + LONGEST + " characters in parts: expected a shorter one");
    }
    phrase.append(part);
  }
}
