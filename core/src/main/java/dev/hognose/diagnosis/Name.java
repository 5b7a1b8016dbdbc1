package dev.hognose.diagnosis;

/** One of a group of figures. */
public record Name(Group group, String text) implements Comparable<Name> {

  @Override
  public int compareTo(Name other) {
    // Not a Comparator: maps of names are searched for each diagnosis of each window.
    int byGroup = group.compareTo(other.group);
    return byGroup == 0 ? text.compareTo(other.text) : byGroup;
  }
}
