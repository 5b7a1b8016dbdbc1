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

  private final String usual;
  private final PackedWords words;

  private Optional<Frame> latest = Optional.empty();
  private String latestInWords = "";

  private String named = "";
  private Optional<Frame> site = Optional.empty();

  /**
   * Of one entry, to be written or to be read: most of its signs have one culprit and one place,
   * which are not looked at again.
   *
   * @param usual the culprit of most of them
   */
  SignPacking(String usual, PackedWords words) {
    this.usual = usual;
    this.words = words;
  }

  void put(Packer out, Sign sign) {
    int kind = kind(sign);
    out.put((byte) kind);
    if ((kind & CULPRIT) != 0) {
      words.put(out, sign.culprit());
    }
    sign.place().ifPresent(place -> put(out, place, kind));
    PhrasePacking.put(out, sign.phrase(), sign.culprit(), inWords(sign.place()), words);
    PackedDouble.put(out, sign.weight());
    EvidencePacking.put(out, sign, words);
    sign.retention().ifPresent(holder -> RetentionPacking.put(out, holder, words));
  }

  private int kind(Sign sign) {
    return (sign.culprit().equals(usual) ? 0 : CULPRIT)
        | (sign.place().isPresent() ? PLACE : 0)
        | (isSite(sign) ? SITE : 0)
        | (sign.retention().isPresent() ? RETENTION : 0);
  }

  private boolean isSite(Sign sign) {
    if (sign.place().isEmpty() || site(sign.culprit()).isEmpty()) {
      return false;
    }
    Frame place = sign.place().get();
    Frame told = site.get();
    return place.file().equals(told.file()) && place.function().equals(told.function());
  }

  private void put(Packer out, Frame place, int kind) {
    Varint.putSigned(out, place.line());
    if ((kind & SITE) == 0) {
      words.put(out, place.file());
      words.put(out, place.function());
    }
  }

  private String inWords(Optional<Frame> place) {
    if (!place.equals(latest)) {
      latest = place;
      latestInWords = place.map(Wording::place).orElse("");
    }
    return latestInWords;
  }

  private Optional<Frame> site(String culprit) {
    if (!culprit.equals(named)) {
      named = culprit;
      site = toldBy(culprit);
    }
    return site;
  }

  /** As {@link Site#culprit} names it, with or without a type before it; nothing of others. */
  private static Optional<Frame> toldBy(String culprit) {
    int end = culprit.lastIndexOf(Site.IN);
    if (end < 0 || culprit.length() > PhrasePacking.LONGEST) {
      return Optional.empty();
    }
    int begin = culprit.indexOf(Site.IN) + Site.IN.length();
    String file = culprit.substring(begin <= end ? begin : 0, end);
    return Optional.of(new Frame(file, 0, culprit.substring(end + Site.IN.length())));
  }

  Sign get(ByteBuffer in) {
    int kind = in.get();
    String culprit = (kind & CULPRIT) != 0 ? words.get(in) : usual;
    Optional<Frame> place =
        (kind & PLACE) != 0 ? Optional.of(getPlace(in, culprit, kind)) : Optional.empty();
    String phrase = PhrasePacking.get(in, culprit, inWords(place), words);
    double weight = PackedDouble.get(in);
    return new Sign(
        culprit,
        phrase,
        weight,
        EvidencePacking.get(in, weight, words),
        place,
        (kind & RETENTION) != 0 ? Optional.of(RetentionPacking.get(in, words)) : Optional.empty());
  }

  private Frame getPlace(ByteBuffer in, String culprit, int kind) {
    int line = Varint.getInt(in);
    if ((kind & SITE) == 0) {
      return RECENT.shared(new Frame(words.get(in), line, words.get(in)));
    }
    Frame told =
        site(culprit)
            .orElseThrow(
                () -> new IllegalArgumentException("culprit=" + culprit + ": expected a site"));
    return RECENT.shared(new Frame(told.file(), line, told.function()));
  }
}
