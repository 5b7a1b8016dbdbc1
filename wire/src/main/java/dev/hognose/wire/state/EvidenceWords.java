package dev.hognose.wire.state;

import dev.hognose.alert.Evidence;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedText;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.wire.MalformedRecordException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Evidence in stores: the words that come again and again have a number. */
final class EvidenceWords {

  /** Their places here are their codes, from one on: only ever append. */
  private static final List<String> KNOWN =
      List.of("count", "rate", "confidence", "ratio", "seconds", "per_second", "per_hour");

  private static final int TEXT = 0;

  private EvidenceWords() {}

  static byte[] write(List<Evidence> evidence) {
    Packer out = new Packer();
    for (Evidence each : evidence) {
      put(out, each.name());
      put(out, each.unit());
      PackedDouble.put(out, each.value());
    }
    return out.bytes();
  }

  private static void put(Packer out, String word) {
    int code = KNOWN.indexOf(word) + 1;
    Varint.put(out, code);
    if (code == TEXT) {
      PackedText.put(out, word);
    }
  }

  static List<Evidence> read(byte[] written) {
    ByteBuffer in = ByteBuffer.wrap(written);
    List<Evidence> evidence = new ArrayList<>();
    try {
      while (in.hasRemaining()) {
        String name = get(in);
        String unit = get(in);
        evidence.add(new Evidence(name, PackedDouble.get(in), unit));
      }
    } catch (BufferUnderflowException cut) {
      throw new MalformedRecordException(
          "evidence of " + written.length + " bytes: expected more", cut);
    }
    return evidence;
  }

  private static String get(ByteBuffer in) {
    long code = Varint.get(in);
    if (code < 0 || code > KNOWN.size()) {
      throw new MalformedRecordException(
          "word " + code + " of evidence: expected at most " + KNOWN.size());
    }
    return code == TEXT ? PackedText.get(in) : KNOWN.get((int) code - 1);
  }
}
