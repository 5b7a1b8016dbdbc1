package dev.hognose.leak;

import dev.hognose.leak.Place.Earlier;
import dev.hognose.leak.Stand.Kind;
import dev.hognose.packed.Codes;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedText;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** The packed form of what is known of a service. */
final class ServicePacking {

  private static final Frame HISTORY = new Frame("service history", (byte) 7);

  static final Codes<Kind> KINDS =
      new Codes<>(List.of(Kind.NONE, Kind.UNKNOWN, Kind.COVERED, Kind.BEYOND));

  private ServicePacking() {}

  static byte[] pack(ServiceHistory history) {
    return HISTORY.write(out -> put(out, history));
  }

  static ServiceHistory unpack(byte[] packed) {
    return HISTORY.read(packed, ServicePacking::getHistory);
  }

  private static void put(Packer out, ServiceHistory history) {
    Varint.putSigned(out, history.stretch());
    Varint.put(out, history.places().size());
    history.places().forEach((name, place) -> put(out, name, place));
    Varint.put(out, history.past().size());
    history.past().forEach(life -> put(out, life));
  }

  private static ServiceHistory getHistory(ByteBuffer in) {
    long stretch = Varint.getSigned(in);
    TreeMap<String, Place> places = new TreeMap<>();
    for (long left = Varint.get(in); left > 0; left--) {
      places.put(PackedText.get(in), getPlace(in));
    }
    List<PastLife> past = new ArrayList<>();
    for (long left = Varint.get(in); left > 0; left--) {
      past.add(
          new PastLife(
              Varint.getSigned(in),
              Varint.getSigned(in),
              getRest(in),
              getRest(in),
              PackedText.get(in)));
    }
    return new ServiceHistory(stretch, places, past);
  }

  private static void put(Packer out, String name, Place place) {
    PackedText.put(out, name);
    put(out, place.life());
    Earlier earlier = place.earlier();
    Varint.putSigned(out, earlier.residentTop());
    Varint.putSigned(out, earlier.pythonTop());
    Varint.put(out, Integer.MAX_VALUE - (long) earlier.residentFreed());
    Varint.put(out, Integer.MAX_VALUE - (long) earlier.pythonFreed());
    PackedDouble.put(out, place.creditHours());
    GrowthPacking.put(out, place.leak());
    PackedText.put(out, place.leakVersion());
    put(out, place.stand());
    GrowthPacking.put(out, place.own());
  }

  private static Place getPlace(ByteBuffer in) {
    return new Place(
        getLife(in),
        new Earlier(Varint.getInt(in), Varint.getInt(in), getFreed(in), getFreed(in)),
        PackedDouble.get(in),
        GrowthPacking.getOptional(in),
        PackedText.get(in),
        getStand(in),
        GrowthPacking.getOptional(in));
  }

  private static int getFreed(ByteBuffer in) {
    return Math.toIntExact(Integer.MAX_VALUE - Varint.get(in));
  }

  private static void put(Packer out, Life life) {
    Varint.putSigned(out, life.startedAtMs());
    Varint.putSigned(out, life.bornMs());
    Varint.putSigned(out, life.latestMs() - life.bornMs());
    put(out, life.resident(), life);
    put(out, life.python(), life);
    PackedDouble.put(out, life.evidenceHours());
    Varint.putSigned(out, life.risingAtMs());
    PackedText.put(out, life.version());
  }

  private static Life getLife(ByteBuffer in) {
    long startedAtMs = Varint.getSigned(in);
    long bornMs = Varint.getSigned(in);
    return new Life(
        startedAtMs,
        bornMs,
        bornMs + Varint.getSigned(in),
        getClimb(in, bornMs),
        getClimb(in, bornMs),
        PackedDouble.get(in),
        Varint.getSigned(in),
        PackedText.get(in));
  }

  static void put(Packer out, Stand stand) {
    out.put((byte) KINDS.code(stand.kind()));
    PackedDouble.put(out, stand.times());
    Varint.putSigned(out, stand.lives());
  }

  static Stand getStand(ByteBuffer in) {
    return new Stand(KINDS.kind(in.get()), PackedDouble.get(in), Varint.getInt(in));
  }

  private static void put(Packer out, Climb climb, Life life) {
    Varint.putSigned(out, climb.low());
    Varint.putSigned(out, climb.last() - (long) climb.low());
    Varint.putSigned(out, climb.top() - (long) climb.low());
    Varint.putSigned(out, climb.fell());
    Varint.putSigned(out, climb.mark());
    Varint.putSigned(out, climb.markedAtMs() - life.bornMs());
  }

  private static Climb getClimb(ByteBuffer in, long bornMs) {
    int low = Varint.getInt(in);
    return new Climb(
        low,
        Math.toIntExact(low + Varint.getSigned(in)),
        Math.toIntExact(low + Varint.getSigned(in)),
        Varint.getInt(in),
        Varint.getInt(in),
        bornMs + Varint.getSigned(in));
  }

  private static void put(Packer out, PastLife life) {
    Varint.putSigned(out, life.diedMs());
    Varint.putSigned(out, life.livedMs());
    put(out, life.resident());
    put(out, life.python());
    PackedText.put(out, life.version());
  }

  private static void put(Packer out, PastLife.Rest rest) {
    Varint.putSigned(out, rest.heightKib());
    Varint.putSigned(out, rest.afterMs());
    out.put((byte) (rest.ended() ? 1 : 0));
    Varint.putSigned(out, rest.fellKib());
  }

  private static PastLife.Rest getRest(ByteBuffer in) {
    return new PastLife.Rest(
        Varint.getInt(in), Varint.getSigned(in), in.get() == 1, Varint.getInt(in));
  }
}
