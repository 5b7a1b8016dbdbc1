package dev.hognose.leak;

import java.util.ArrayList;
import java.util.List;

/**
 * What a service has said of a process that has not been heard so far: in the order in which it was
 * said.
 */
public record UnheardWords(List<ServiceWord> words) {

  public static final UnheardWords NONE = new UnheardWords(List.of());

  /** Twice as many stretches as wait for a task that catches up: they are judged at once then. */
  static final int MOST = 128;

  public UnheardWords {
    words = List.copyOf(words);
  }

  /**
   * With one more; of too many the earliest is dropped. Those on a later time are dropped, too: the
   * clock of the process was set back, and it may never come to that time.
   */
  public UnheardWords and(ServiceWord word) {
    List<ServiceWord> more = new ArrayList<>(words);
    more.removeIf(waiting -> !waiting.at().isBefore(word.at()));
    more.add(word);
    return new UnheardWords(more.subList(Math.max(0, more.size() - MOST), more.size()));
  }

  public boolean isEmpty() {
    return words.isEmpty();
  }

  public ServiceWord first() {
    return words.get(0);
  }

  public UnheardWords afterFirst() {
    return new UnheardWords(words.subList(1, words.size()));
  }

  public byte[] pack() {
    return WordPacking.pack(words);
  }

  /**
   * Reads what {@link #pack} wrote.
   *
   * @throws IllegalArgumentException for anything else, and for the form of a newer version
   */
  public static UnheardWords unpack(byte[] packed) {
    return new UnheardWords(WordPacking.unpack(packed));
  }
}
