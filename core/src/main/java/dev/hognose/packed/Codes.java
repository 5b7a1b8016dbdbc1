package dev.hognose.packed;

import java.util.List;

/**
 * Kinds of something as small numbers: their places here are their codes, so that more are only
 * ever appended.
 */
public final class Codes<K> {

  private final List<K> kinds;

  public Codes(List<K> kinds) {
    this.kinds = List.copyOf(kinds);
  }

  /**
   * What stands for a kind.
   *
   * @throws IllegalArgumentException for one without a code
   */
  public int code(K kind) {
    int code = kinds.indexOf(kind);
    if (code < 0) {
      throw new IllegalArgumentException(kind + " has no code: expected one of " + kinds);
    }
    return code;
  }

  /**
   * What a code stands for.
   *
   * @throws IllegalArgumentException for one that stands for nothing
   */
  public K kind(int code) {
    if (code < 0 || code >= kinds.size()) {
      throw new IllegalArgumentException(
          "code %d: expected one of %d, %s".formatted(code, kinds.size(), kinds));
    }
    return kinds.get(code);
  }
}
