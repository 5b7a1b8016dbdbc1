package dev.hognose.leak;

/**
 * How far one channel of a life has climbed above its lowest floor.
 *
 * @param low lowest floor of the life, KiB
 * @param last latest floor
 * @param top highest floor
 * @param fell largest fall below an earlier floor: what was given back
 * @param mark greatest height above the low that was worth noting
 * @param markedAtMs when it was noted; the birth of the life before any
 */
record Climb(int low, int last, int top, int fell, int mark, long markedAtMs) {

  static Climb begin(int floor, long bornMs) {
    return new Climb(floor, floor, floor, 0, 0, bornMs);
  }

  Climb next(int floor, long atMs, ServicePolicy policy) {
    int lowest = Math.min(low, floor);
    int height = floor - lowest;
    boolean noted = height > mark * (1 + policy.markStep()) + policy.noiseKib();
    return new Climb(
        lowest,
        floor,
        Math.max(top, floor),
        Math.max(fell, top - floor),
        noted ? height : mark,
        noted ? atMs : markedAtMs);
  }

  int height() {
    return last - low;
  }

  /** Whether the climb has shown its end: nothing was noted for a long part of the way up. */
  boolean hasEnded(long bornMs, long nowMs, ServicePolicy policy) {
    long ownMs = (long) (policy.quietShare() * (markedAtMs - bornMs));
    return nowMs - markedAtMs >= Math.max(policy.ms(policy.quietHours()), ownMs);
  }

  /** Below this level a life that follows has freed what this one had taken. */
  int freedBelow(ServicePolicy policy) {
    return last - (int) (policy.freedShare() * height());
  }
}
