package dev.hognose.leak;

import dev.hognose.packed.Column;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedText;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.IntStream;

/**
 * The packed form of words on one process, figure by figure: they follow each other in even steps,
 * and say of most figures what the word before has said.
 */
final class WordPacking {

  private static final Frame FRAME = new Frame("service words", (byte) 3);

  static final long NO_LIMIT = -1;

  static final int KIND = 3;
  static final int CLEARED = 4;
  static final int DEPLOY = 8;

  private WordPacking() {}

  static byte[] pack(List<ServiceWord> words) {
    return FRAME.write(out -> put(out, words));
  }

  static List<ServiceWord> unpack(byte[] packed) {
    return FRAME.read(packed, WordPacking::get);
  }

  private static void put(Packer out, List<ServiceWord> words) {
    Varint.put(out, words.size());
    putTexts(out, words.stream().map(ServiceWord::place).toList());
    putTexts(out, words.stream().map(word -> word.sharing().version()).toList());
    put(out, words, ServiceWord::startedAtMs);
    put(out, words, word -> word.at().toEpochMilli());
    put(out, words, WordPacking::kind);
    put(out, words, word -> word.stand().lives());
    put(out, words, word -> word.sharing().rising());
    put(out, words, word -> word.sharing().processes());
    put(out, words, word -> word.footprint().resident().count());
    put(out, words, word -> word.footprint().limit().map(Bytes::count).orElse(NO_LIMIT));
    PackedDouble.putAll(out, words.stream().mapToDouble(word -> word.stand().times()).toArray());
    LeaksInWords.put(
        out, words.stream().map(word -> word.leak().map(LeaksInWords::withoutAlarm)).toList());
    LeaksInWords.put(out, words.stream().map(ServiceWord::ownLeak).toList());
  }

  private static void put(Packer out, List<ServiceWord> words, ToLongFunction<ServiceWord> figure) {
    Column.put(out, words.stream().mapToLong(figure).toArray());
  }

  private static long kind(ServiceWord word) {
    return ServicePacking.KINDS.code(word.stand().kind())
        | (word.cleared() ? CLEARED : 0)
        | (word.sharing().deploy() ? DEPLOY : 0);
  }

  /** Each text once, and which of them is whose. */
  private static void putTexts(Packer out, List<String> texts) {
    List<String> distinct = texts.stream().distinct().toList();
    Varint.put(out, distinct.size());
    distinct.forEach(text -> PackedText.put(out, text));
    if (distinct.size() > 1) {
      Column.put(out, texts.stream().mapToLong(distinct::indexOf).toArray());
    }
  }

  static List<String> getTexts(ByteBuffer in, int count) {
    List<String> distinct = new ArrayList<>();
    for (long left = Varint.get(in); left > 0; left--) {
      distinct.add(PackedText.get(in));
    }
    long[] places = distinct.size() > 1 ? Column.get(in, count) : new long[count];
    List<String> texts = new ArrayList<>();
    for (long place : places) {
      texts.add(distinct.get(Math.toIntExact(place)));
    }
    return texts;
  }

  private static List<ServiceWord> get(ByteBuffer in) {
    long told = Varint.get(in);
    if (told < 0 || told > UnheardWords.MOST) {
      throw new IllegalArgumentException(told + " words: expected at most " + UnheardWords.MOST);
    }
    WordColumns columns = new WordColumns(in, (int) told);
    return IntStream.range(0, (int) told).mapToObj(columns::word).toList();
  }
}
