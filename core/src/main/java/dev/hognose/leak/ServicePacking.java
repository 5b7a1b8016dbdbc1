package dev.hognose.leak;

import dev.hognose.leak.Place.Earlier;
import dev.hognose.leak.Stand.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The packed form of what is known of a service. */
final class ServicePacking {

  private static final Frame HISTORY = new Frame("service history", (byte) 6);

  /** Of 64 characters of three bytes. */
  static final int VERSION_BYTES = 2 + 3 * 64;

  static final int GROWTH_BYTES = 1 + 6 * 8;
  private static final int CLIMB_BYTES = 5 * 4 + 8;
  private static final int PLACE_BYTES =
      2 * VERSION_BYTES + 5 * 8 + 2 * CLIMB_BYTES + 4 * 4 + 8 + 2 * (1 + GROWTH_BYTES) + 1 + 8 + 4;
  private static final int PAST_BYTES = VERSION_BYTES + 2 * 8 + 2 * (4 + 8 + 1 + 4);
  private static final int COUNT_BYTES = 4;

  /** Their places here are their codes: only ever append. */
  private static final List<Kind> KINDS =
      List.of(Kind.NONE, Kind.UNKNOWN, Kind.COVERED, Kind.BEYOND);

  private ServicePacking() {}

  static byte[] pack(ServiceHistory history) {
    return HISTORY.write(bytes(history), out -> put(out, history));
  }

  static ServiceHistory unpack(byte[] packed) {
    return HISTORY.read(packed, ServicePacking::getHistory);
  }

  private static int bytes(ServiceHistory history) {
    int bytes = 8 + 2 * COUNT_BYTES + history.past().size() * PAST_BYTES;
    for (String name : history.places().keySet()) {
      bytes += PackedText.length(name) + PLACE_BYTES;
    }
    return bytes;
  }

  private static void put(ByteBuffer out, ServiceHistory history) {
    out.putLong(history.stretch());
    out.putInt(history.places().size());
    history.places().forEach((name, place) -> put(out, name, place));
    out.putInt(history.past().size());
    history.past().forEach(life -> put(out, life));
  }

  private static ServiceHistory getHistory(ByteBuffer in) {
    long stretch = in.getLong();
    TreeMap<String, Place> places = new TreeMap<>();
    for (int left = in.getInt(); left > 0; left--) {
      places.put(PackedText.get(in), getPlace(in));
    }
    List<PastLife> past = new ArrayList<>();
    for (int left = in.getInt(); left > 0; left--) {
      past.add(
          new PastLife(in.getLong(), in.getLong(), getRest(in), getRest(in), PackedText.get(in)));
    }
    return new ServiceHistory(stretch, places, past);
  }

  private static void put(ByteBuffer out, String name, Place place) {
    PackedText.put(out, name);
    Life life = place.life();
    out.putLong(life.startedAtMs()).putLong(life.bornMs()).putLong(life.latestMs());
    put(out, life.resident());
    put(out, life.python());
    out.putDouble(life.evidenceHours()).putLong(life.risingAtMs());
    PackedText.put(out, life.version());
    Earlier earlier = place.earlier();
    out.putInt(earlier.residentTop()).putInt(earlier.pythonTop());
    out.putInt(earlier.residentFreed()).putInt(earlier.pythonFreed());
    out.putDouble(place.creditHours());
    put(out, place.leak());
    PackedText.put(out, place.leakVersion());
    put(out, place.stand());
    put(out, place.own());
  }

  static void put(ByteBuffer out, Stand stand) {
    out.put((byte) KINDS.indexOf(stand.kind())).putDouble(stand.times()).putInt(stand.lives());
  }

  static Stand getStand(ByteBuffer in) {
    return new Stand(KINDS.get(in.get()), in.getDouble(), in.getInt());
  }

  private static Place getPlace(ByteBuffer in) {
    return new Place(
        new Life(
            in.getLong(),
            in.getLong(),
            in.getLong(),
            getClimb(in),
            getClimb(in),
            in.getDouble(),
            in.getLong(),
            PackedText.get(in)),
        new Earlier(in.getInt(), in.getInt(), in.getInt(), in.getInt()),
        in.getDouble(),
        getLeak(in),
        PackedText.get(in),
        getStand(in),
        getLeak(in));
  }

  private static void put(ByteBuffer out, Optional<Growth> leak) {
    out.put((byte) (leak.isPresent() ? 1 : 0));
    leak.ifPresent(growth -> LevelPacking.putGrowth(out, growth));
  }

  private static Optional<Growth> getLeak(ByteBuffer in) {
    return in.get() == 1 ? Optional.of(LevelPacking.getGrowth(in)) : Optional.empty();
  }

  private static void put(ByteBuffer out, Climb climb) {
    out.putInt(climb.low()).putInt(climb.last()).putInt(climb.top());
    out.putInt(climb.fell()).putInt(climb.mark());
    out.putLong(climb.markedAtMs());
  }

  private static Climb getClimb(ByteBuffer in) {
    return new Climb(in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getInt(), in.getLong());
  }

  private static void put(ByteBuffer out, PastLife life) {
    out.putLong(life.diedMs()).putLong(life.livedMs());
    put(out, life.resident());
    put(out, life.python());
    PackedText.put(out, life.version());
  }

  private static void put(ByteBuffer out, PastLife.Rest rest) {
    out.putInt(rest.heightKib()).putLong(rest.afterMs()).put((byte) (rest.ended() ? 1 : 0));
    out.putInt(rest.fellKib());
  }

  private static PastLife.Rest getRest(ByteBuffer in) {
    return new PastLife.Rest(in.getInt(), in.getLong(), in.get() == 1, in.getInt());
  }
}
