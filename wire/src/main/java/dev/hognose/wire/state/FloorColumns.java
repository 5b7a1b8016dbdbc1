package dev.hognose.wire.state;

import dev.hognose.limit.UseFloor;
import dev.hognose.packed.Column;
import dev.hognose.packed.Varint;
import dev.hognose.wire.MalformedRecordException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** Floors of a limit, figure by figure: they follow each other, and differ by little. */
final class FloorColumns {

  private static final int FIGURES = 4;

  /** Ten times what a policy keeps by default; spoilt bytes must not fill the memory. */
  private static final int MOST = 300;

  private FloorColumns() {}

  static byte[] write(List<UseFloor> floors) {
    ByteBuffer out =
        ByteBuffer.allocate(Varint.MOST_BYTES + FIGURES * Column.mostBytes(floors.size()));
    Varint.put(out, floors.size());
    for (long[] column : columns(floors)) {
      Column.put(out, column);
    }
    return Arrays.copyOf(out.array(), out.position());
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

  static List<UseFloor> read(byte[] written) {
    ByteBuffer in = ByteBuffer.wrap(written);
    try {
      long count = Varint.get(in);
      if (count < 0 || count > MOST) {
        throw new MalformedRecordException(count + " floors: expected at most " + MOST);
      }
      List<UseFloor> floors = read(in, (int) count);
      if (in.hasRemaining()) {
        throw new MalformedRecordException(
            "floors with " + in.remaining() + " bytes too many: expected none");
      }
      return floors;
    } catch (BufferUnderflowException cut) {
      throw new MalformedRecordException(
          "floors of " + written.length + " bytes: expected more", cut);
    }
  }

  private static List<UseFloor> read(ByteBuffer in, int count) {
    long[] buckets = Column.get(in, count);
    long[] resident = Column.get(in, count);
    long[] used = Column.get(in, count);
    long[] excursions = Column.get(in, count);
    return IntStream.range(0, count)
        .mapToObj(i -> new UseFloor(buckets[i], resident[i], used[i], resident[i] + excursions[i]))
        .toList();
  }
}
