package dev.hognose.diagnosis;

import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedTime;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** The packed form of cases without their ailment, which is the key. */
final class CasePacking {

  private static final HexFormat HEX = HexFormat.of();

  /** Of the id of an alert. */
  private static final int ID_BYTES = 16;

  private static final int CHANGED = 1;

  private static final int RESOLVED = 1;

  /** What was told weighed something else than what is shown now. */
  private static final int WEIGHT = 1 << 1;

  private static final int FLAGS = 2;

  private CasePacking() {}

  static void put(Packer out, Cases cases) {
    PresencePacking presences = new PresencePacking(cases.ailment());
    Varint.put(out, cases.all().size());
    for (Case each : cases.all()) {
      presences.put(out, each.processes().all());
      Varint.put(out, (long) each.told().size() << 1 | (each.changed() ? CHANGED : 0));
      each.told().forEach(told -> put(out, told, each));
    }
  }

  static Cases get(ByteBuffer in, Ailment ailment) {
    PresencePacking presences = new PresencePacking(ailment);
    long count = Varint.get(in);
    if (count < 0 || count > Cases.MOST) {
      throw new IllegalArgumentException(count + " cases: expected at most " + Cases.MOST);
    }
    List<Case> cases = new ArrayList<>();
    for (long left = count; left > 0; left--) {
      cases.add(getCase(in, presences));
    }
    return new Cases(ailment, cases);
  }

  private static Case getCase(ByteBuffer in, PresencePacking presences) {
    Presences processes = Presences.of(presences.get(in));
    long told = Varint.get(in);
    Case untold = new Case(processes, List.of(), (told & CHANGED) != 0);
    List<Told> last = new ArrayList<>(1);
    for (long left = told >>> 1; left > 0; left--) {
      last.add(getTold(in, untold));
    }
    return new Case(processes, last, untold.changed());
  }

  private static void put(Packer out, Told told, Case about) {
    byte[] id = HEX.parseHex(told.id());
    if (id.length != ID_BYTES) {
      throw new IllegalArgumentException(
          "id=" + told.id() + ": expected " + 2 * ID_BYTES + " hexadecimal digits");
    }
    boolean isWeight = told.weight() != about.greatestWeight();
    out.put(id);
    Varint.putSigned(
        out,
        (long) told.processes() << FLAGS
            | (told.life() == Told.Life.RESOLVED ? RESOLVED : 0)
            | (isWeight ? WEIGHT : 0));
    if (isWeight) {
      PackedDouble.put(out, told.weight());
    }
    PackedTime.putAfter(out, told.updatedAt(), firstSeen(about));
  }

  private static Told getTold(ByteBuffer in, Case about) {
    byte[] id = new byte[ID_BYTES];
    in.get(id);
    long told = Varint.getSigned(in);
    return new Told(
        HEX.formatHex(id),
        Math.toIntExact(told >> FLAGS),
        (told & WEIGHT) != 0 ? PackedDouble.get(in) : about.greatestWeight(),
        (told & RESOLVED) != 0 ? Told.Life.RESOLVED : Told.Life.FIRING,
        PackedTime.getAfter(in, firstSeen(about)));
  }

  /** Most is told when it is first seen. */
  private static Instant firstSeen(Case about) {
    return about.seenBy(1).orElse(about.from());
  }
}
