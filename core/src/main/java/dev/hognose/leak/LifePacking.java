package dev.hognose.leak;

import dev.hognose.leak.ServiceWord.Sharing;
import dev.hognose.packed.Codes;
import dev.hognose.packed.PackedDouble;
import dev.hognose.packed.PackedText;
import dev.hognose.packed.PackedTime;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The packed form of a life without its process, which is the key, its rings and its words, which
 * have stores of their own. It is written for every sample.
 */
final class LifePacking {

  private static final int HEARD = 1;
  private static final int STOPPED = 1 << 1;
  private static final int SILENT = 1 << 2;
  private static final int LEAK = 1 << 3;
  private static final int TREND = 1 << 4;

  private static final int ALONE = 1;
  private static final int DEPLOY = 1 << 1;

  private static final byte NOWHERE = -1;

  /** Of a process that has none. */
  private static final long NO_LIMIT = -1;

  private static final Codes<Trend.Verdict> VERDICTS =
      new Codes<>(
          List.of(
              Trend.Verdict.WARMING,
              Trend.Verdict.STEADY,
              Trend.Verdict.GROWING,
              Trend.Verdict.SUSPECT,
              Trend.Verdict.LEAKING,
              Trend.Verdict.CLEARED,
              Trend.Verdict.UNKNOWN));

  private LifePacking() {}

  static void put(Packer out, LeakLife life) {
    out.put((byte) kind(life));
    StatePacking.putOpen(out, life.state());
    life.heard().ifPresent(heard -> put(out, heard));
    life.stoppedAt().ifPresent(at -> PackedTime.put(out, at));
    life.open().ifPresent(leak -> put(out, leak));
    life.toldTrend().ifPresent(trend -> put(out, trend));
  }

  private static int kind(LeakLife life) {
    return (life.heard().isPresent() ? HEARD : 0)
        | (life.stoppedAt().isPresent() ? STOPPED : 0)
        | (life.silent() ? SILENT : 0)
        | (life.open().isPresent() ? LEAK : 0)
        | (life.toldTrend().isPresent() ? TREND : 0);
  }

  static LeakLife get(ByteBuffer in, ProcessId process) {
    int kind = in.get();
    return new LeakLife(
        process,
        StatePacking.getOpen(in),
        (kind & HEARD) != 0 ? Optional.of(getHeard(in)) : Optional.empty(),
        (kind & STOPPED) != 0 ? Optional.of(PackedTime.get(in)) : Optional.empty(),
        (kind & SILENT) != 0,
        (kind & LEAK) != 0 ? Optional.of(getLeak(in)) : Optional.empty(),
        (kind & TREND) != 0 ? Optional.of(getTrend(in)) : Optional.empty(),
        Optional.empty());
  }

  private static void put(Packer out, Heard heard) {
    PackedTime.put(out, heard.at());
    PackedTime.putAfter(out, heard.silentAt(), heard.at());
    PackedText.put(out, heard.version());
    put(out, heard.footprint());
  }

  private static Heard getHeard(ByteBuffer in) {
    Instant at = PackedTime.get(in);
    Instant silentAt = PackedTime.getAfter(in, at);
    String version = PackedText.get(in);
    Footprint footprint = getFootprint(in);
    return new Heard(at, silentAt, version, footprint.resident(), footprint.limit());
  }

  private static void put(Packer out, Footprint footprint) {
    Varint.put(out, footprint.resident().count());
    Varint.putSigned(out, footprint.limit().map(Bytes::count).orElse(NO_LIMIT));
  }

  private static Footprint getFootprint(ByteBuffer in) {
    Bytes resident = new Bytes(Varint.get(in));
    long limit = Varint.getSigned(in);
    return new Footprint(
        resident, limit == NO_LIMIT ? Optional.empty() : Optional.of(new Bytes(limit)));
  }

  private static void put(Packer out, OpenLeak leak) {
    OpenLeak.Told told = leak.told();
    out.put((byte) ((leak.alone() ? ALONE : 0) | (told.sharing().deploy() ? DEPLOY : 0)));
    PackedTime.put(out, leak.firedAt());
    PackedText.put(out, leak.version());
    PackedTime.putAfter(out, told.at(), leak.firedAt());
    GrowthPacking.put(out, told.growth());
    Varint.putSigned(out, told.sharing().rising());
    Varint.putSigned(out, told.sharing().processes());
    PackedText.put(out, told.sharing().version());
    put(out, told.footprint());
  }

  private static OpenLeak getLeak(ByteBuffer in) {
    int kind = in.get();
    Instant firedAt = PackedTime.get(in);
    return new OpenLeak(
        firedAt,
        PackedText.get(in),
        (kind & ALONE) != 0,
        new OpenLeak.Told(
            PackedTime.getAfter(in, firedAt),
            GrowthPacking.getGrowth(in),
            new Sharing(
                Varint.getInt(in), Varint.getInt(in), PackedText.get(in), (kind & DEPLOY) != 0),
            getFootprint(in)));
  }

  private static void put(Packer out, ToldTrend trend) {
    out.put((byte) VERDICTS.code(trend.verdict()));
    out.put(trend.where().map(where -> (byte) GrowthPacking.code(where)).orElse(NOWHERE));
    PackedDouble.put(out, trend.slope().bytesPerHour());
    GrowthPacking.putHours(out, trend.hoursToLimit());
    Varint.putSigned(out, trend.peersSharing());
  }

  private static ToldTrend getTrend(ByteBuffer in) {
    return new ToldTrend(
        VERDICTS.kind(in.get()),
        getWhere(in),
        GrowthPacking.getRate(in),
        GrowthPacking.getHours(in),
        Varint.getInt(in));
  }

  private static Optional<Trend.Where> getWhere(ByteBuffer in) {
    byte code = in.get();
    return code == NOWHERE ? Optional.empty() : Optional.of(GrowthPacking.where(code));
  }
}
