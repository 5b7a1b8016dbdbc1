package dev.hognose.diagnosis;

import dev.hognose.alert.Evidence;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedWords;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The packed form of what a sign rests on: figures that come again and again have a number. */
final class EvidencePacking {

  /** Ten times what any sign has; spoilt bytes must not fill the memory. */
  private static final int MOST = 100;

  private static final int OTHER = 0;

  /** The confidence that is told by the sign's weight. */
  private static final int BY_WEIGHT = 1;

  private static final int FIRST_KNOWN = 2;

  /** Names and units. Their places here are their codes: only ever append. */
  private static final List<Evidence> KNOWN =
      List.of(
          Words.ratio(Sign.CONFIDENCE, 0),
          Words.count("count", 0),
          Words.perSecond("rate", 0),
          Words.perSecond("usual_rate", 0),
          Words.count("level", 0),
          Words.count("gained", 0),
          Words.perHour("growth", 0),
          Words.count("limit", 0),
          Words.count("entries", 0),
          Words.count("hits", 0),
          Words.count("misses", 0),
          Words.seconds("gil_wait", 0),
          Words.count("thread_cores", 0),
          Words.count("pool_threads", 0),
          Words.count("quota_cores", 0),
          Words.perSecond("run_queue_seconds", 0),
          Words.perSecond("involuntary_switches", 0),
          Words.ratio("throttled", 0),
          Words.ratio("paused", 0),
          Words.count("full_collections", 0),
          Words.count("freed_a_collection", 0),
          Words.count("uncollectable", 0),
          Words.count("garbage", 0),
          Words.seconds("age", 0),
          Words.count("tasks", 0),
          Words.count("dropped", 0),
          Words.seconds("patience", 0),
          Words.seconds("predicted_pause", 0),
          Words.seconds("set_back", 0));

  private EvidencePacking() {}

  static void put(Packer out, Sign sign, PackedWords words) {
    Varint.put(out, sign.evidence().size());
    for (Evidence each : sign.evidence()) {
      int code = code(each, sign.weight());
      Varint.put(out, code);
      if (code == OTHER) {
        words.put(out, each.name());
        words.put(out, each.unit());
      }
      if (code != BY_WEIGHT) {
        PackedDouble.put(out, each.value());
      }
    }
  }

  private static int code(Evidence each, double weight) {
    if (each.equals(Sign.confidence(weight))) {
      return BY_WEIGHT;
    }
    for (int i = 0; i < KNOWN.size(); i++) {
      Evidence known = KNOWN.get(i);
      if (known.name().equals(each.name()) && known.unit().equals(each.unit())) {
        return FIRST_KNOWN + i;
      }
    }
    return OTHER;
  }

  /**
   * Reads what {@link #put} wrote.
   *
   * @throws IllegalArgumentException for a figure that there is not
   */
  static List<Evidence> get(ByteBuffer in, double weight, PackedWords words) {
    long count = Varint.get(in);
    if (count < 0 || count > MOST) {
      throw new IllegalArgumentException(count + " figures: expected at most " + MOST);
    }
    List<Evidence> evidence = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      evidence.add(getOne(in, weight, words));
    }
    return evidence;
  }

  private static Evidence getOne(ByteBuffer in, double weight, PackedWords words) {
    long code = Varint.get(in);
    if (code < 0 || code >= FIRST_KNOWN + KNOWN.size()) {
      throw new IllegalArgumentException(
          "figure %d of evidence: expected less than %d"
              .formatted(code, FIRST_KNOWN + KNOWN.size()));
    }
    if (code == BY_WEIGHT) {
      return Sign.confidence(weight);
    }
    if (code == OTHER) {
      String name = words.get(in);
      String unit = words.get(in);
      return new Evidence(name, PackedDouble.get(in), unit);
    }
    Evidence known = KNOWN.get((int) code - FIRST_KNOWN);
    return new Evidence(known.name(), PackedDouble.get(in), known.unit());
  }
}
