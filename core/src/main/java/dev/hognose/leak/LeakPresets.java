package dev.hognose.leak;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The policies that people choose by a name. */
public final class LeakPresets {

  /** The most eager first. */
  private static final List<LeakPolicy> ALL =
      List.of(
          LeakPolicy.EARLY,
          LeakPolicy.FAST,
          LeakPolicy.BALANCED,
          LeakPolicy.PAGER,
          LeakPolicy.STRICT);

  private LeakPresets() {}

  /**
   * Finds one by its name, in any case.
   *
   * @throws IllegalArgumentException when there is none; the message says which there are
   */
  public static LeakPolicy named(String name) {
    return ALL.stream()
        .filter(policy -> policy.name().equals(name.strip().toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("expected one of " + names()));
  }

  private static String names() {
    return ALL.stream().map(LeakPolicy::name).collect(Collectors.joining(", "));
  }
}
