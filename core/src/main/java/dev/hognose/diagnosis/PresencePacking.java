package dev.hognose.diagnosis;

import dev.hognose.packed.Column;
import dev.hognose.packed.PackedWords;
import dev.hognose.packed.Packer;
import dev.hognose.packed.Varint;
import dev.hognose.sample.ProcessId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * The packed form of what the processes of a case show, figure by figure: those of a service start
 * and fall ill at nearly the same time.
 */
final class PresencePacking {

  private static final int FIGURES = 7;

  /** Of one that has none: it is never after the last. */
  private static final long NOT_BEFORE = -1;

  private final String service;
  private final PackedWords words;
  private final SignPacking signs;

  /** Of one entry, to be written or to be read. */
  PresencePacking(Ailment ailment) {
    service = ailment.service();
    words = new PackedWords("", ailment.culprit());
    signs = new SignPacking(ailment.culprit(), words);
  }

  void put(Packer out, Collection<Presence> all) {
    Varint.put(out, all.size());
    for (long[] column : columns(all)) {
      Column.put(out, column);
    }
    for (Presence each : all) {
      words.put(out, each.process().host());
      words.put(out, each.version());
      signs.put(out, each.sign());
    }
  }

  /** Times after the one before, which are small numbers. */
  private static long[][] columns(Collection<Presence> all) {
    long[][] columns = new long[FIGURES][all.size()];
    int i = 0;
    for (Presence each : all) {
      long startedMs = each.process().startedAt().toEpochMilli();
      long fromMs = each.from().toEpochMilli();
      long seenMs = each.seenAt().toEpochMilli();
      long untilMs = each.until().toEpochMilli();
      columns[0][i] = each.process().pid();
      columns[1][i] = startedMs;
      columns[2][i] = fromMs - startedMs;
      columns[3][i] = seenMs - fromMs;
      columns[4][i] = untilMs - seenMs;
      columns[5][i] = each.beat().toMillis();
      columns[6][i] = each.before().map(at -> untilMs - at.toEpochMilli()).orElse(NOT_BEFORE);
      i++;
    }
    return columns;
  }

  List<Presence> get(ByteBuffer in) {
    long count = Varint.get(in);
    if (count < 0 || count > Presences.MOST) {
      throw new IllegalArgumentException(count + " processes: expected at most " + Presences.MOST);
    }
    long[][] columns = new long[FIGURES][];
    for (int i = 0; i < FIGURES; i++) {
      columns[i] = Column.get(in, (int) count);
    }
    List<Presence> all = new ArrayList<>((int) count);
    for (int i = 0; i < count; i++) {
      all.add(get(in, row(columns, i)));
    }
    return all;
  }

  private static long[] row(long[][] columns, int i) {
    long[] row = new long[FIGURES];
    for (int figure = 0; figure < FIGURES; figure++) {
      row[figure] = columns[figure][i];
    }
    return row;
  }

  private Presence get(ByteBuffer in, long[] row) {
    Instant startedAt = Instant.ofEpochMilli(row[1]);
    ProcessId process = new ProcessId(service, words.get(in), row[0], startedAt);
    long fromMs = row[1] + row[2];
    long seenMs = fromMs + row[3];
    long untilMs = seenMs + row[4];
    return new Presence(
        process,
        words.get(in),
        Instant.ofEpochMilli(fromMs),
        Instant.ofEpochMilli(seenMs),
        Instant.ofEpochMilli(untilMs),
        Duration.ofMillis(row[5]),
        signs.get(in),
        row[6] == NOT_BEFORE
            ? Optional.empty()
            : Optional.of(Instant.ofEpochMilli(untilMs - row[6])));
  }
}
