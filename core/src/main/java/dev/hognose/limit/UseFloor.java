package dev.hognose.limit;

/**
 * The figures of one bucket.
 *
 * @param bucket its number: time divided by the floor's width
 * @param resident lowest of the process, KiB
 * @param used lowest of its container, KiB; of the process where that is not known
 * @param peak highest of the process, KiB
 */
public record UseFloor(long bucket, long resident, long used, long peak) {

  /** How far it rose above its floor, KiB: a limit is reached by peaks, not by floors. */
  public long excursion() {
    return peak - resident;
  }

  UseFloor and(UseFloor other) {
    return new UseFloor(
        bucket,
        Math.min(resident, other.resident),
        Math.min(used, other.used),
        Math.max(peak, other.peak));
  }
}
