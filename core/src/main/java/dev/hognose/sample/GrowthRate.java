package dev.hognose.sample;

/** How fast memory grows; negative when it shrinks. */
public record GrowthRate(double bytesPerHour) implements Comparable<GrowthRate> {

  public static final GrowthRate ZERO = new GrowthRate(0);

  public GrowthRate {
    if (!Double.isFinite(bytesPerHour)) {
      throw new IllegalArgumentException("growth=" + bytesPerHour + ": expected a finite number");
    }
  }

  public double bytesPerSecond() {
    return bytesPerHour / 3600;
  }

  @Override
  public int compareTo(GrowthRate other) {
    return Double.compare(bytesPerHour, other.bytesPerHour);
  }

  /** For people: {@code 12.3 MiB/h}. */
  @Override
  public String toString() {
    return Scale.binary(bytesPerHour) + "/h";
  }
}
