package dev.hognose.leak;

/**
 * The lowest figures within one bucket: what is left after collection.
 *
 * @param bucket its number: time divided by the bucket's width
 * @param resident KiB that stay resident
 * @param python KiB of the Python heap
 * @param kept KiB that are free, and that the C library keeps; {@link #ABSENT} while unknown
 */
record Floor(long bucket, int resident, int python, int kept) {

  static final int ABSENT = -1;

  /** Where no reading has come yet. */
  static final Floor NONE = new Floor(-1, 0, 0, ABSENT);

  boolean isNone() {
    return bucket < 0;
  }

  /** Of a process whose allocator was not asked. */
  Floor(long bucket, int resident, int python) {
    this(bucket, resident, python, ABSENT);
  }

  /** The lower of both in each figure; itself if the other lowers nothing. */
  Floor lowered(Floor other) {
    int lowerKept =
        kept == ABSENT || other.kept == ABSENT
            ? Math.max(kept, other.kept)
            : Math.min(kept, other.kept);
    if (other.resident >= resident && other.python >= python && lowerKept == kept) {
      return this;
    }
    return new Floor(
        bucket, Math.min(resident, other.resident), Math.min(python, other.python), lowerKept);
  }

  /** The same as a part of a wider bucket. */
  Floor at(int level) {
    return new Floor(bucket >> level, resident, python, kept);
  }
}
