package dev.hognose.leak;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The packed form of what one process shows to its service. */
final class ObservationPacking {

  /** Of an observation whose place has 300 characters of three bytes, and whose levels all rise. */
  static final int MOST_BYTES = 1900;

  private static final Frame FRAME = new Frame("life observation", (byte) 5);

  private static final int OWN_LEAK_BYTES = 8 + ServicePacking.GROWTH_BYTES;
  private static final int OBSERVATION_BYTES =
      ServicePacking.VERSION_BYTES + 8 + 8 + 1 + 4 + 4 + 1 + 8 + 1 + OWN_LEAK_BYTES;
  private static final int CANDIDATE_BYTES = 1 + 12 * 8;

  private ObservationPacking() {}

  static byte[] pack(LifeObservation observation) {
    return FRAME.write(bytes(observation), out -> put(out, observation));
  }

  static LifeObservation unpack(byte[] packed) {
    return FRAME.read(packed, ObservationPacking::get);
  }

  private static int bytes(LifeObservation observation) {
    return PackedText.length(observation.place())
        + OBSERVATION_BYTES
        + observation.rising().size() * CANDIDATE_BYTES;
  }

  private static void put(ByteBuffer out, LifeObservation observation) {
    PackedText.put(out, observation.place());
    out.putLong(observation.atMs()).putLong(observation.startedAtMs());
    out.put((byte) (observation.first() ? 1 : 0));
    out.putInt(observation.residentKib()).putInt(observation.pythonKib());
    out.put((byte) observation.rising().size());
    observation.rising().forEach(candidate -> LevelPacking.putCandidate(out, candidate));
    PackedText.put(out, observation.version());
    out.putLong(observation.limitKib());
    put(out, observation.ownLeak());
  }

  private static LifeObservation get(ByteBuffer in) {
    String place = PackedText.get(in);
    long atMs = in.getLong();
    long startedAtMs = in.getLong();
    boolean first = in.get() == 1;
    int residentKib = in.getInt();
    int pythonKib = in.getInt();
    List<Candidate> rising = new ArrayList<>();
    for (int left = in.get(); left > 0; left--) {
      rising.add(LevelPacking.getCandidate(in));
    }
    return new LifeObservation(place, atMs, startedAtMs, first, residentKib, pythonKib, rising)
        .withVersion(PackedText.get(in))
        .with(in.getLong(), getOwnLeak(in));
  }

  static void put(ByteBuffer out, Optional<OwnLeak> leak) {
    out.put((byte) (leak.isPresent() ? 1 : 0));
    leak.ifPresent(
        own -> {
          out.putLong(own.firedAt().toEpochMilli());
          LevelPacking.putGrowth(out, own.growth());
        });
  }

  static Optional<OwnLeak> getOwnLeak(ByteBuffer in) {
    return in.get() == 1
        ? Optional.of(new OwnLeak(Instant.ofEpochMilli(in.getLong()), LevelPacking.getGrowth(in)))
        : Optional.empty();
  }
}
