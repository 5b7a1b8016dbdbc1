package dev.hognose.diagnosis;

import dev.hognose.alert.Wording;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedWords;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Frame;
import dev.hognose.sample.RecentFrames;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * The packed form of a sign within what knows whom it mostly blames: of the culprit's name only
 * where it is another one.
 */
final class SignPacking {

  private static final int CULPRIT = 1;
  private static final int PLACE = 1 << 1;

  /** A place that the culprit's name tells but for its line. */
  private static final int SITE = 1 << 2;

  private static final int RETENTION = 1 << 3;

  /** Hundreds of processes show the same place, each in a sighting of its own. */
  private static final RecentFrames RECENT = new RecentFrames();

  private SignPacking() {}

  /**
   * Writes one.
   *
   * @param usual the culprit of most signs that are packed with this one
   */
  static void put(Packer out, Sign sign, String usual, PackedWords words) {
    int kind = kind(sign, usual);
    out.put((byte) kind);
    if ((kind & CULPRIT) != 0) {
      words.put(out, sign.culprit());
    }
    sign.place().ifPresent(place -> put(out, place, kind, words));
    String place = sign.place().map(Wording::place).orElse("");
    PhrasePacking.put(out, sign.phrase(), sign.culprit(), place, words);
    PackedDouble.put(out, sign.weight());
    EvidencePacking.put(out, sign, words);
    sign.retention().ifPresent(holder -> RetentionPacking.put(out, holder, words));
  }

  private static int kind(Sign sign, String usual) {
    boolean isSite =
        sign.place()
            .filter(place -> Optional.of(place).equals(site(sign.culprit(), place.line())))
            .isPresent();
    return (sign.culprit().equals(usual) ? 0 : CULPRIT)
        | (sign.place().isPresent() ? PLACE : 0)
        | (isSite ? SITE : 0)
        | (sign.retention().isPresent() ? RETENTION : 0);
  }

  private static void put(Packer out, Frame place, int kind, PackedWords words) {
    Varint.putSigned(out, place.line());
    if ((kind & SITE) == 0) {
      words.put(out, place.file());
      words.put(out, place.function());
    }
  }

  /** As {@link Site#culprit} names it, with or without a type before it; nothing of others. */
  private static Optional<Frame> site(String culprit, int line) {
    int end = culprit.lastIndexOf(Site.IN);
    if (end < 0 || culprit.length() > PhrasePacking.LONGEST) {
      return Optional.empty();
    }
    int begin = culprit.indexOf(Site.IN) + Site.IN.length();
    String file = culprit.substring(begin <= end ? begin : 0, end);
    return Optional.of(new Frame(file, line, culprit.substring(end + Site.IN.length())));
  }

  static Sign get(ByteBuffer in, String usual, PackedWords words) {
    int kind = in.get();
    String culprit = (kind & CULPRIT) != 0 ? words.get(in) : usual;
    Optional<Frame> place =
        (kind & PLACE) != 0 ? Optional.of(getPlace(in, culprit, kind, words)) : Optional.empty();
    String phrase = PhrasePacking.get(in, culprit, place.map(Wording::place).orElse(""), words);
    double weight = PackedDouble.get(in);
    return new Sign(
        culprit,
        phrase,
        weight,
        EvidencePacking.get(in, weight, words),
        place,
        (kind & RETENTION) != 0 ? Optional.of(RetentionPacking.get(in, words)) : Optional.empty());
  }

  private static Frame getPlace(ByteBuffer in, String culprit, int kind, PackedWords words) {
    int line = Varint.getInt(in);
    Frame place =
        (kind & SITE) != 0
            ? site(culprit, line)
                .orElseThrow(
                    () -> new IllegalArgumentException("culprit=" + culprit + ": expected a site"))
            : new Frame(words.get(in), line, words.get(in));
    return RECENT.shared(place);
  }
}
