package dev.hognose.leak;

import dev.hognose.packed.PackedText;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** The packed form of what one process shows to its service. */
final class ObservationPacking {

  /** Of an observation whose place has 300 characters of three bytes, and whose levels all rise. */
  static final int MOST_BYTES = 1900;

  private static final Frame FRAME = new Frame("life observation", (byte) 6);

  private ObservationPacking() {}

  static byte[] pack(LifeObservation observation) {
    return FRAME.write(out -> put(out, observation));
  }

  static LifeObservation unpack(byte[] packed) {
    return FRAME.read(packed, ObservationPacking::get);
  }

  private static void put(Packer out, LifeObservation observation) {
    PackedText.put(out, observation.place());
    Varint.putSigned(out, observation.atMs());
    Varint.putSigned(out, observation.atMs() - observation.startedAtMs());
    out.put((byte) (observation.first() ? 1 : 0));
    Varint.putSigned(out, observation.residentKib());
    Varint.putSigned(out, observation.pythonKib());
    Varint.put(out, observation.rising().size());
    observation.rising().forEach(candidate -> GrowthPacking.put(out, candidate));
    PackedText.put(out, observation.version());
    Varint.putSigned(out, observation.limitKib());
    GrowthPacking.putOwn(out, observation.ownLeak());
  }

  private static LifeObservation get(ByteBuffer in) {
    String place = PackedText.get(in);
    long atMs = Varint.getSigned(in);
    long startedAtMs = atMs - Varint.getSigned(in);
    boolean first = in.get() == 1;
    int residentKib = Varint.getInt(in);
    int pythonKib = Varint.getInt(in);
    List<Candidate> rising = new ArrayList<>();
    for (long left = Varint.get(in); left > 0; left--) {
      rising.add(GrowthPacking.getCandidate(in));
    }
    return new LifeObservation(place, atMs, startedAtMs, first, residentKib, pythonKib, rising)
        .withVersion(PackedText.get(in))
        .with(Varint.getSigned(in), GrowthPacking.getOwn(in));
  }
}
