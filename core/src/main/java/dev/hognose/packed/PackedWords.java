package dev.hognose.packed;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Text that comes again within what is packed as one: as it is where it comes first, and by its
 * number from then on. Who reads asks for the same words in the same order. Of one value, to be
 * written or to be read; not to be shared by threads.
 */
public final class PackedWords {

  private static final int NEW = 0;

  /** Those that came before; their numbers begin with one. */
  private final List<String> words = new ArrayList<>();

  /** The numbers, for who writes. */
  private final Map<String, Integer> codes = new HashMap<>();

  /**
   * Of words that are never told.
   *
   * @param known by who reads from elsewhere, as long as it is the same for who writes
   */
  public PackedWords(String... known) {
    for (String word : known) {
      know(word);
    }
  }

  private void know(String word) {
    words.add(word);
    codes.putIfAbsent(word, words.size());
  }

  public void put(Packer out, String word) {
    Integer code = codes.get(word);
    if (code == null) {
      Varint.put(out, NEW);
      PackedText.put(out, word);
      know(word);
    } else {
      Varint.put(out, code);
    }
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException for a word that did not come before
   */
  public String get(ByteBuffer in) {
    long code = Varint.get(in);
    if (code == NEW) {
      String word = PackedText.get(in);
      words.add(word);
      return word;
    }
    if (code < 0 || code > words.size()) {
      throw new IllegalArgumentException("word " + code + ": expected at most " + words.size());
    }
    return words.get((int) code - 1);
  }
}
