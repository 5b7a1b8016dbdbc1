package dev.hognose.packed;

import java.nio.ByteBuffer;

/** Numbers of a fixed count of bits, one behind the other, the highest bit first. */
final class Bits {

  /** Beside seven that wait for a whole byte a long has room for so many. */
  private static final int WIDEST = Long.SIZE - Byte.SIZE;

  private Bits() {}

  /** Writes the lowest bits of each number; the last byte is filled up with zeros. */
  static void put(Packer out, long[] numbers, int width) {
    Writer writer = new Writer(out);
    for (long number : numbers) {
      if (width > WIDEST) {
        writer.put(number >>> Integer.SIZE, width - Integer.SIZE);
        writer.put(number, Integer.SIZE);
      } else {
        writer.put(number, width);
      }
    }
    writer.fillUp();
  }

  static long[] get(ByteBuffer in, int count, int width) {
    Reader reader = new Reader(in);
    long[] numbers = new long[count];
    for (int i = 0; i < count; i++) {
      numbers[i] =
          width > WIDEST
              ? (reader.get(width - Integer.SIZE) << Integer.SIZE) | reader.get(Integer.SIZE)
              : reader.get(width);
    }
    return numbers;
  }

  private static long lowest(long number, int bits) {
    return number & ((1L << bits) - 1);
  }

  private static final class Writer {

    private final Packer out;
    private long waiting;
    private int bits;

    Writer(Packer out) {
      this.out = out;
    }

    void put(long number, int width) {
      waiting = (waiting << width) | lowest(number, width);
      bits += width;
      while (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        out.put((byte) (waiting >>> bits));
      }
    }

    void fillUp() {
      if (bits > 0) {
        out.put((byte) (waiting << (Byte.SIZE - bits)));
      }
    }
  }

  private static final class Reader {

    private final ByteBuffer in;
    private long read;
    private int bits;

    Reader(ByteBuffer in) {
      this.in = in;
    }

    long get(int width) {
      while (bits < width) {
        read = (read << Byte.SIZE) | (in.get() & 0xFF);
        bits += Byte.SIZE;
      }
      bits -= width;
      return lowest(read >>> bits, width);
    }
  }
}
