package dev.hognose.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is kept of a sample: the figures that diagnoses look at. A figure that was not read is
 * absent, never zero.
 *
 * @param named at most as many of a group as {@link ReadingOfSample} keeps
 */
public record Reading(
    Instant at, long sequence, Map<Figure, Double> figures, SortedMap<Name, Double> named) {

  public Reading {
    EnumMap<Figure, Double> copied = new EnumMap<>(Figure.class);
    copied.putAll(figures);
    figures = Collections.unmodifiableMap(copied);
    named = Collections.unmodifiableSortedMap(new TreeMap<>(named));
  }

  /** Before the first sample of a young process: nothing has been counted yet. */
  static Reading birth(Instant at) {
    return new Reading(at, 0, Map.of(), new TreeMap<>());
  }

  /** Not a number when it was not read. */
  double figure(Figure figure) {
    return figures.getOrDefault(figure, Double.NaN);
  }

  /** Not a number when there is none of that name. */
  double named(Name name) {
    return named.getOrDefault(name, Double.NaN);
  }

  /** Names of a group; all there were, unless the group is full. */
  SortedMap<Name, Double> group(Group group) {
    return named.subMap(new Name(group, ""), new Name(group, "\uFFFF"));
  }

  boolean isFull(Group group) {
    return group(group).size() >= ReadingOfSample.MOST_NAMES;
  }

  /** Which of the stretches of time of this length it is in. */
  long window(Duration window) {
    return Math.floorDiv(at.toEpochMilli(), window.toMillis());
  }

  /** Whether it stands for its window rather than the other: it is the earlier one. */
  boolean precedes(Reading other) {
    return at.isBefore(other.at) || (at.equals(other.at) && sequence < other.sequence);
  }
}
