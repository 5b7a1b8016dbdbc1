package dev.hognose.leak;

/**
 * The lowest figures within one bucket: what is left after collection.
 *
 * @param bucket its number: time divided by the bucket's width
 * @param resident KiB that stay resident
 * @param python KiB of the Python heap
 */
record Floor(long bucket, int resident, int python) {

  /** Where no reading has come yet. */
  static final Floor NONE = new Floor(-1, 0, 0);

  boolean isNone() {
    return bucket < 0;
  }

  /** The same floor if the figures do not lower it. */
  Floor lowered(int residentKib, int pythonKib) {
    if (residentKib >= resident && pythonKib >= python) {
      return this;
    }
    return new Floor(bucket, Math.min(resident, residentKib), Math.min(python, pythonKib));
  }
}
