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

  private final Known known;

  /** Those that came before. */
  private final List<String> words = new ArrayList<>();

  /** Their numbers, for who writes. */
  private final Map<String, Integer> codes = new HashMap<>();

  public PackedWords(Known known) {
    this.known = known;
  }

  /** Takes a word for one that was there already: who reads has it from elsewhere. */
  public void know(String word) {
    words.add(word);
    codes.putIfAbsent(word, known.words.size() + words.size());
  }

  public void put(Packer out, String word) {
    Integer code = known.codes.get(word);
    if (code == null) {
      code = codes.get(word);
    }
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
    int most = known.words.size() + words.size();
    if (code < 0 || code > most) {
      throw new IllegalArgumentException("word " + code + ": expected at most " + most);
    }
    int place = (int) code - 1;
    return place < known.words.size()
        ? known.words.get(place)
        : words.get(place - known.words.size());
  }

  /** Words that who writes and who reads have without being told. */
  public static final class Known {

    private final List<String> words;
    private final Map<String, Integer> codes = new HashMap<>();

    /**
     * Of different words; their places are their codes.
     *
     * @throws IllegalArgumentException for one that comes twice
     */
    public Known(List<String> words) {
      this.words = List.copyOf(words);
      for (String word : this.words) {
        if (codes.put(word, codes.size() + 1) != null) {
          throw new IllegalArgumentException(word + ": expected once among known words");
        }
      }
    }
  }
}
