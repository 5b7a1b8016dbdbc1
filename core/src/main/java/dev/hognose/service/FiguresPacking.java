package dev.hognose.service;

import dev.hognose.packed.PackedDuration;
import dev.hognose.packed.PackedText;
import dev.hognose.packed.PackedTime;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.Bytes;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a store has {@link ProcessFigures}: its numbers one after the other, durations in
 * nanoseconds, without the process, which is the key. It is written for every sample.
 */
final class FiguresPacking {

  private static final byte NO_MINUTE = 0;
  private static final byte OPEN_MINUTE = 1;

  private FiguresPacking() {}

  static void put(Packer out, ProcessFigures figures) {
    put(out, figures.totals());
    out.put(figures.open().isPresent() ? OPEN_MINUTE : NO_MINUTE);
    figures.open().ifPresent(open -> put(out, open, figures.totals().at()));
  }

  static ProcessFigures get(ByteBuffer in, ProcessId process) {
    Totals totals = getTotals(in);
    boolean isOpen = in.get() != NO_MINUTE;
    return new ProcessFigures(
        totals, isOpen ? Optional.of(getMinute(in, process, totals.at())) : Optional.empty());
  }

  private static void put(Packer out, Totals totals) {
    PackedTime.put(out, totals.at());
    PackedDuration.put(out, totals.cpu());
    put(out, totals.waits());
    Varint.putSigned(out, totals.exceptions());
    out.put((byte) totals.loops().size());
    for (LoopTotals loop : totals.loops()) {
      PackedText.put(out, loop.name());
      HistogramPacking.put(out, loop.lag());
      PackedDuration.put(out, loop.blocked());
      PackedDuration.put(out, loop.owed());
    }
  }

  private static Totals getTotals(ByteBuffer in) {
    Instant at = PackedTime.get(in);
    Duration cpu = PackedDuration.get(in);
    Waits waits = getWaits(in);
    long exceptions = Varint.getSigned(in);
    int count = in.get();
    if (count < 0 || count > Totals.MOST_LOOPS) {
      throw new IllegalArgumentException(count + " loops: expected at most " + Totals.MOST_LOOPS);
    }
    List<LoopTotals> loops = new ArrayList<>(1);
    for (int i = 0; i < count; i++) {
      loops.add(
          new LoopTotals(
              PackedText.get(in),
              HistogramPacking.get(in),
              PackedDuration.get(in),
              PackedDuration.get(in)));
    }
    return new Totals(at, cpu, waits, exceptions, loops);
  }

  private static void put(Packer out, ProcessMinute open, Instant at) {
    PackedText.put(out, open.version());
    PackedTime.putAfter(out, open.minute(), at);
    PackedDuration.put(out, open.watched());
    LoopTime loop = open.loop();
    PackedDuration.put(out, loop.watched());
    HistogramPacking.put(out, loop.lag());
    PackedDuration.put(out, loop.late());
    PackedDuration.put(out, loop.blocked());
    PackedDuration.put(out, loop.excess());
    put(out, open.waits());
    PackedDuration.put(out, open.cpu());
    Varint.put(out, open.rss().count());
    Varint.put(out, open.memory().count());
    Varint.putSigned(out, open.exceptions());
  }

  private static ProcessMinute getMinute(ByteBuffer in, ProcessId process, Instant at) {
    return new ProcessMinute(
        process,
        PackedText.get(in),
        PackedTime.getAfter(in, at),
        PackedDuration.get(in),
        new LoopTime(
            PackedDuration.get(in),
            HistogramPacking.get(in),
            PackedDuration.get(in),
            PackedDuration.get(in),
            PackedDuration.get(in)),
        getWaits(in),
        PackedDuration.get(in),
        new Bytes(Varint.get(in)),
        new Bytes(Varint.get(in)),
        Varint.getSigned(in));
  }

  private static void put(Packer out, Waits waits) {
    PackedDuration.put(out, waits.gil());
    PackedDuration.put(out, waits.gc());
    PackedDuration.put(out, waits.runQueue());
    PackedDuration.put(out, waits.throttled());
  }

  private static Waits getWaits(ByteBuffer in) {
    return new Waits(
        PackedDuration.get(in),
        PackedDuration.get(in),
        PackedDuration.get(in),
        PackedDuration.get(in));
  }
}
