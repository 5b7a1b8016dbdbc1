package dev.hognose.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is kept of a sample: the figures that diagnoses look at. A figure that was not read is not a
 * number, never zero.
 *
 * <p>It is packed once after each that stands before it, and not whenever its process changes: see
 * {@link #packAfter}.
 */
public final class Reading {

  static final int FIGURES = Figure.values().length;
  static final int GROUPS = Group.values().length;

  /** What stands before the first: nothing was read. */
  public static final Reading NONE = of(Instant.EPOCH, 0, Map.of(), Map.of());

  private final long atMs;
  private final long sequence;
  private final double[] figures;
  private final Named[] groups;

  /** After which it was packed last, and what came of it; nobody is told. */
  private Optional<Reading> packedAfter = Optional.empty();

  private byte[] packed = new byte[0];

  private Reading(long atMs, long sequence, double[] figures, Named[] groups) {
    this.atMs = atMs;
    this.sequence = sequence;
    this.figures = figures;
    this.groups = groups;
  }

  /**
   * Copies both maps.
   *
   * @param named at most as many of a group as {@link ReadingOfSample} keeps
   */
  public static Reading of(
      Instant at, long sequence, Map<Figure, Double> figures, Map<Group, Named> named) {
    double[] values = new double[FIGURES];
    Arrays.fill(values, Double.NaN);
    figures.forEach((figure, value) -> values[figure.code()] = value);
    Named[] groups = new Named[GROUPS];
    Arrays.fill(groups, Named.NONE);
    named.forEach((group, each) -> groups[group.code()] = each);
    return new Reading(at.toEpochMilli(), sequence, values, groups);
  }

  /** Keeps both arrays, which nobody else may; they are in the order of the figures and groups. */
  static Reading keeping(Instant at, long sequence, double[] figures, Named[] groups) {
    return new Reading(at.toEpochMilli(), sequence, figures, groups);
  }

  /** Before the first sample of a young process: nothing has been counted yet. */
  static Reading birth(Instant at) {
    return of(at, 0, Map.of(), Map.of());
  }

  /**
   * Reads what {@link #packAfter} wrote.
   *
   * @param before the same that it was packed after
   * @param names of each group, as they were
   * @throws IllegalArgumentException for anything else
   */
  public static Reading unpackAfter(Reading before, byte[] packed, List<Names> names) {
    return ReadingPacking.unpack(packed, before, names);
  }

  /** Keeps both arrays. */
  static Reading unpacked(long atMs, long sequence, double[] figures, Named[] groups) {
    return new Reading(atMs, sequence, figures, groups);
  }

  /**
   * What has changed since the reading before, all but the names: of those many readings have the
   * same. The bytes must not be changed.
   *
   * @param before {@link #NONE} for the first
   */
  public byte[] packAfter(Reading before) {
    if (packedAfter.filter(before::equals).isEmpty()) {
      packed = ReadingPacking.pack(this, before);
      packedAfter = Optional.of(before);
    }
    return packed;
  }

  public Instant at() {
    return Instant.ofEpochMilli(atMs);
  }

  long atMs() {
    return atMs;
  }

  long sequence() {
    return sequence;
  }

  /** Not a number when it was not read. */
  double figure(Figure figure) {
    return figures[figure.code()];
  }

  /** Names of a group; all there were, unless the group is full. */
  public Named group(Group group) {
    return groups[group.code()];
  }

  /** Whether all groups have the names of the other's, without a look at any name. */
  public boolean sharesNamesOf(Reading other) {
    for (int i = 0; i < GROUPS; i++) {
      if (!groups[i].names().areSharedWith(other.groups[i].names())) {
        return false;
      }
    }
    return true;
  }

  boolean isFull(Group group) {
    return group(group).size() >= group.most();
  }

  /** Which of the stretches of time of this length it is in. */
  long window(Duration window) {
    return Math.floorDiv(atMs, window.toMillis());
  }

  /** Whether it stands for its window rather than the other: it is the earlier one. */
  boolean precedes(Reading other) {
    return atMs < other.atMs || (atMs == other.atMs && sequence < other.sequence);
  }

  @Override
  public boolean equals(Object other) {
    return this == other || (other instanceof Reading that && isSameAs(that));
  }

  private boolean isSameAs(Reading that) {
    return atMs == that.atMs
        && sequence == that.sequence
        && Arrays.equals(figures, that.figures)
        && Arrays.equals(groups, that.groups);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(atMs) * 31 + Arrays.hashCode(figures);
  }

  @Override
  public String toString() {
    return "Reading[at=%s, sequence=%d, figures=%s, groups=%s]"
        .formatted(at(), sequence, Arrays.toString(figures), Arrays.toString(groups));
  }
}
