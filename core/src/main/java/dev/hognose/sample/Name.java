package dev.hognose.sample;

/** What a name from outside must be before anything is keyed or labelled by it. */
final class Name {

  private Name() {}

  static void check(String what, String name, int longest) {
    if (name.isEmpty()) {
      throw new IllegalArgumentException(what + ": expected a name, got nothing");
    }
    if (name.length() > longest) {
      throw new IllegalArgumentException(
          what + " of " + name.length() + " characters: expected at most " + longest);
    }
    // Not a stream: each sample has its names checked.
    for (int i = 0; i < name.length(); i++) {
      if (Character.isISOControl(name.charAt(i))) {
        throw new IllegalArgumentException(what + ": expected no control characters");
      }
    }
  }
}
