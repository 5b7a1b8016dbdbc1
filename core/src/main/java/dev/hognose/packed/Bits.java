package dev.hognose.packed;

import java.nio.ByteBuffer;

/** Numbers of a fixed count of bits, one behind the other, the highest bit first. */
final class Bits {

  private Bits() {}

  /** Writes the lowest bits of each number; the last byte is filled up with zeros. */
  static void put(Packer out, long[] numbers, int width) {
    int free = Byte.SIZE;
    int unfinished = 0;
    for (long number : numbers) {
      for (int left = width; left > 0; ) {
        int taken = Math.min(free, left);
        left -= taken;
        free -= taken;
        unfinished |= (int) ((number >>> left) & ((1 << taken) - 1)) << free;
        if (free == 0) {
          out.put((byte) unfinished);
          unfinished = 0;
          free = Byte.SIZE;
        }
      }
    }
    if (free < Byte.SIZE) {
      out.put((byte) unfinished);
    }
  }

  static long[] get(ByteBuffer in, int count, int width) {
    long[] numbers = new long[count];
    int left = 0;
    int current = 0;
    for (int i = 0; i < count; i++) {
      for (int missing = width; missing > 0; ) {
        if (left == 0) {
          current = in.get() & 0xFF;
          left = Byte.SIZE;
        }
        int taken = Math.min(left, missing);
        left -= taken;
        missing -= taken;
        numbers[i] = (numbers[i] << taken) | ((current >>> left) & ((1 << taken) - 1));
      }
    }
    return numbers;
  }
}
