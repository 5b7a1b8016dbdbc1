package dev.hognose.diagnosis;

import java.util.Arrays;

/** Values by name while a sample is read: what has a name already is added to. */
final class Gathered {

  /** A group has some five names, and {@link ReadingOfSample#MOST_NAMES} at most. */
  private String[] names = new String[8];

  private double[] values = new double[8];
  private int size;

  int size() {
    return size;
  }

  boolean has(String name) {
    return place(name) >= 0;
  }

  void add(String name, double value) {
    int place = place(name);
    if (place >= 0) {
      values[place] += value;
    } else {
      insert(-place - 1, name, value);
    }
  }

  /** The larger one stays. */
  void atLeast(String name, double value) {
    int place = place(name);
    if (place >= 0) {
      values[place] = Math.max(values[place], value);
    } else {
      insert(-place - 1, name, Math.max(0, value));
    }
  }

  private int place(String name) {
    return Arrays.binarySearch(names, 0, size, name);
  }

  private void insert(int place, String name, double value) {
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    System.arraycopy(names, place, names, place + 1, size - place);
    System.arraycopy(values, place, values, place + 1, size - place);
    names[place] = name;
    values[place] = value;
    size++;
  }

  /** All of it, with the names of the first of the others that has the same. */
  Named sharingNamesOf(Named... others) {
    double[] taken = Arrays.copyOf(values, size);
    for (Named other : others) {
      if (other.names().are(names, size)) {
        return new Named(other.names(), taken);
      }
    }
    return new Named(Names.of(Arrays.copyOf(names, size)), taken);
  }
}
