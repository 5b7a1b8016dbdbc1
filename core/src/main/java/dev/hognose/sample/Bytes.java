package dev.hognose.sample;

/** An amount of memory, not negative. */
public record Bytes(long count) implements Comparable<Bytes> {

  public static final Bytes ZERO = new Bytes(0);

  public Bytes {
    if (count < 0) {
      throw new IllegalArgumentException("bytes=" + count + ": expected none or more");
    }
  }

  public static Bytes ofMebi(long mebibytes) {
    return new Bytes(Math.multiplyExact(mebibytes, 1L << 20));
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(count, other.count);
  }

  /** For people: {@code 512 B}, {@code 1.5 KiB}, {@code 213.4 MiB}. */
  @Override
  public String toString() {
    return Scale.binary((double) count);
  }
}
