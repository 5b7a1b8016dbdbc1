package dev.hognose.diagnosis;

import java.util.Arrays;

/**
 * Values by name, in the order of the names.
 *
 * <p>The readings of a process nearly always tell the same names, and share one list of them: then
 * a name has the same place in all of them, and nothing is searched for.
 */
public final class Named {

  public static final Named NONE = new Named(Names.NONE, new double[0]);

  private final Names names;
  private final double[] values;

  /**
   * Copies the values.
   *
   * @param values as many as there are names
   */
  public Named(Names names, double[] values) {
    if (names.size() != values.length) {
      throw new IllegalArgumentException(
          names.size() + " names of " + values.length + " values: expected as many");
    }
    this.names = names;
    this.values = values.clone();
  }

  public int size() {
    return values.length;
  }

  public Names names() {
    return names;
  }

  public double[] values() {
    return values.clone();
  }

  String name(int place) {
    return names.get(place);
  }

  double value(int place) {
    return values[place];
  }

  /** Not a number when there is none of that name. */
  double value(String name) {
    int place = names.place(name);
    return place < 0 ? Double.NaN : values[place];
  }

  /** The value of the name that has this place in the other; not a number when there is none. */
  double valueAsIn(Named other, int place) {
    return valueAsIn(other.names, place);
  }

  double valueAsIn(Names other, int place) {
    return names.areSharedWith(other) ? values[place] : value(other.get(place));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Named that
        && names.equals(that.names)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * names.hashCode() + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "Named[" + names + "=" + Arrays.toString(values) + "]";
  }
}
