package dev.hognose.limit;

import dev.hognose.packed.Column;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedText;
import dev.hognose.packed.PackedTime;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.GrowthRate;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The packed form of a life without its process, which is the key; it is written for every sample.
 */
final class LimitPacking {

  private static final int HEARD = 1;
  private static final int STOPPED = 1 << 1;
  private static final int GONE = 1 << 2;
  private static final int SOON = 1 << 3;
  private static final int KILLED = 1 << 4;
  private static final int STRAY = 1 << 5;

  private static final int USAGE = 1;
  private static final int LIMIT = 1 << 1;
  private static final int KILLS = 1 << 2;

  private static final int COUNTED = 1;
  private static final int FORECAST = 1 << 1;

  private static final byte PROCESS = 0;
  private static final byte CONTAINER = 1;

  private static final int FIGURES = 4;

  /** Ten times what a policy keeps by default; spoilt bytes must not fill the memory. */
  private static final int MOST_FLOORS = 300;

  private LimitPacking() {}

  static void put(Packer out, LimitLife life) {
    out.put((byte) kind(life));
    put(out, life.floors());
    life.heard().ifPresent(use -> put(out, use));
    life.stoppedAt().ifPresent(at -> PackedTime.put(out, at));
    life.soon().ifPresent(open -> put(out, open));
    life.killed().ifPresent(killed -> put(out, killed));
  }

  private static int kind(LimitLife life) {
    return (life.heard().isPresent() ? HEARD : 0)
        | (life.stoppedAt().isPresent() ? STOPPED : 0)
        | (life.gone() ? GONE : 0)
        | (life.soon().isPresent() ? SOON : 0)
        | (life.killed().isPresent() ? KILLED : 0)
        | (life.floors().stray().isPresent() ? STRAY : 0);
  }

  static LimitLife get(ByteBuffer in, ProcessId process) {
    int kind = in.get();
    return new LimitLife(
        process,
        getFloors(in, (kind & STRAY) != 0),
        (kind & HEARD) != 0 ? Optional.of(getUse(in)) : Optional.empty(),
        (kind & STOPPED) != 0 ? Optional.of(PackedTime.get(in)) : Optional.empty(),
        (kind & GONE) != 0,
        (kind & SOON) != 0 ? Optional.of(getOpen(in)) : Optional.empty(),
        (kind & KILLED) != 0 ? Optional.of(getKilled(in)) : Optional.empty());
  }

  /** Figure by figure: floors follow each other, and differ by little. */
  private static void put(Packer out, UseFloors known) {
    List<UseFloor> floors = known.floors();
    Varint.put(out, floors.size());
    for (long[] column : columns(floors)) {
      Column.put(out, column);
    }
    Varint.putSigned(out, known.highest());
    known.stray().ifPresent(bucket -> Varint.putSigned(out, bucket));
  }

  /** In one pass: each floor lies elsewhere in memory. */
  private static long[][] columns(List<UseFloor> floors) {
    long[][] columns = new long[FIGURES][floors.size()];
    for (int i = 0; i < floors.size(); i++) {
      UseFloor floor = floors.get(i);
      columns[0][i] = floor.bucket();
      columns[1][i] = floor.resident();
      columns[2][i] = floor.used();
      columns[3][i] = floor.excursion();
    }
    return columns;
  }

  private static UseFloors getFloors(ByteBuffer in, boolean isStray) {
    long count = Varint.get(in);
    if (count < 0 || count > MOST_FLOORS) {
      throw new IllegalArgumentException(count + " floors: expected at most " + MOST_FLOORS);
    }
    long[][] columns = new long[FIGURES][];
    for (int i = 0; i < FIGURES; i++) {
      columns[i] = Column.get(in, (int) count);
    }
    List<UseFloor> floors = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      long resident = columns[1][i];
      floors.add(new UseFloor(columns[0][i], resident, columns[2][i], resident + columns[3][i]));
    }
    return new UseFloors(
        floors,
        Varint.getSigned(in),
        isStray ? OptionalLong.of(Varint.getSigned(in)) : OptionalLong.empty());
  }

  private static void put(Packer out, LimitUse use) {
    out.put(
        (byte)
            ((use.usage().isPresent() ? USAGE : 0)
                | (use.limit().isPresent() ? LIMIT : 0)
                | (use.oomKills().isPresent() ? KILLS : 0)));
    PackedTime.put(out, use.at());
    PackedTime.putAfter(out, use.silentAt(), use.at());
    PackedText.put(out, use.version());
    put(out, use.resident());
    use.usage().ifPresent(usage -> put(out, usage));
    use.limit().ifPresent(limit -> put(out, limit));
    use.oomKills().ifPresent(kills -> Varint.putSigned(out, kills));
  }

  private static LimitUse getUse(ByteBuffer in) {
    int kind = in.get();
    Instant at = PackedTime.get(in);
    return new LimitUse(
        at,
        PackedTime.getAfter(in, at),
        PackedText.get(in),
        getBytes(in),
        (kind & USAGE) != 0 ? Optional.of(getBytes(in)) : Optional.empty(),
        (kind & LIMIT) != 0 ? Optional.of(getBytes(in)) : Optional.empty(),
        (kind & KILLS) != 0 ? OptionalLong.of(Varint.getSigned(in)) : OptionalLong.empty());
  }

  private static void put(Packer out, Forecast forecast) {
    out.put(forecast.whose() == Forecast.Whose.CONTAINER ? CONTAINER : PROCESS);
    put(out, forecast.memory());
    put(out, forecast.limit());
    PackedDouble.put(out, forecast.slope().bytesPerHour());
    Varint.putSigned(out, forecast.left().toMillis());
  }

  private static Forecast getForecast(ByteBuffer in) {
    return new Forecast(
        in.get() == CONTAINER ? Forecast.Whose.CONTAINER : Forecast.Whose.PROCESS,
        getBytes(in),
        getBytes(in),
        new GrowthRate(PackedDouble.get(in)),
        Duration.ofMillis(Varint.getSigned(in)));
  }

  private static void put(Packer out, OpenForecast open) {
    PackedTime.put(out, open.firedAt());
    PackedText.put(out, open.version());
    put(out, open.forecast());
    put(out, open.told());
  }

  private static OpenForecast getOpen(ByteBuffer in) {
    return new OpenForecast(
        PackedTime.get(in), PackedText.get(in), getForecast(in), getForecast(in));
  }

  private static void put(Packer out, Killed killed) {
    out.put(
        (byte)
            ((killed.seen() == Killed.Seen.COUNTED ? COUNTED : 0)
                | (killed.forecast().isPresent() ? FORECAST : 0)));
    PackedTime.put(out, killed.firedAt());
    Varint.putSigned(out, killed.kills());
    put(out, killed.last());
    killed.forecast().ifPresent(forecast -> put(out, forecast));
  }

  private static Killed getKilled(ByteBuffer in) {
    int kind = in.get();
    return new Killed(
        PackedTime.get(in),
        (kind & COUNTED) != 0 ? Killed.Seen.COUNTED : Killed.Seen.VANISHED,
        Varint.getSigned(in),
        getUse(in),
        (kind & FORECAST) != 0 ? Optional.of(getForecast(in)) : Optional.empty());
  }

  private static void put(Packer out, Bytes bytes) {
    Varint.put(out, bytes.count());
  }

  private static Bytes getBytes(ByteBuffer in) {
    return new Bytes(Varint.get(in));
  }
}
