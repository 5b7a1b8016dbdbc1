package dev.hognose.wire.capture;

/**
 * What is read of a partition.
 *
 * @param to not part of it
 */
public record OffsetRange(String topic, int partition, long from, long to) {

  public OffsetRange {
    if (from < 0 || to < from) {
      throw new IllegalArgumentException(
          topic + "-" + partition + ": offsets " + from + " to " + to + ": expected a range");
    }
  }
}
