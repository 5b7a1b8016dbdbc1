package dev.hognose.leak;

import java.util.Arrays;

/**
 * Which share of resident memory was free and kept by the C library, a byte for each floor of a
 * ring: in 254ths, or {@value #ABSENT} while unknown. Immutable.
 */
final class KeptShares {

  static final KeptShares NONE = new KeptShares(new byte[0]);

  private static final int ABSENT = 255;
  private static final int WHOLE = 254;

  private final byte[] shares;

  /** Keeps the array, oldest first. */
  KeptShares(byte[] shares) {
    this.shares = shares;
  }

  static KeptShares unknown(int size) {
    byte[] shares = new byte[size];
    Arrays.fill(shares, (byte) ABSENT);
    return new KeptShares(shares);
  }

  /** With that of one more floor, without those before an index. */
  KeptShares append(Floor floor, int from) {
    byte[] more = Arrays.copyOfRange(shares, from, shares.length + 1);
    more[more.length - 1] = (byte) share(floor);
    return new KeptShares(more);
  }

  private static int share(Floor floor) {
    return floor.kept() == Floor.ABSENT
        ? ABSENT
        : (int) Math.min(WHOLE, (long) WHOLE * floor.kept() / Math.max(1, floor.resident()));
  }

  boolean isKnown(int index) {
    return Byte.toUnsignedInt(shares[index]) != ABSENT;
  }

  /** Whether any is known. */
  boolean isKnown() {
    for (int index = 0; index < shares.length; index++) {
      if (isKnown(index)) {
        return true;
      }
    }
    return false;
  }

  /** KiB that were kept. */
  double kib(int index, int residentKib) {
    return (double) Byte.toUnsignedInt(shares[index]) / WHOLE * residentKib;
  }

  byte[] bytes() {
    return shares;
  }
}
