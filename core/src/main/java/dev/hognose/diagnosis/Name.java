package dev.hognose.diagnosis;

import java.util.Comparator;

/** One of a group of figures. */
public record Name(Group group, String text) implements Comparable<Name> {

  private static final Comparator<Name> ORDER =
      Comparator.comparing(Name::group).thenComparing(Name::text);

  @Override
  public int compareTo(Name other) {
    return ORDER.compare(this, other);
  }
}
