package dev.hognose.sample;

import java.util.List;

/** What there is more and more of; each is empty while their number does not rise. */
public record Growing(
    List<GrowingKind> threads, List<GrowingKind> descriptors, List<GrowingKind> children) {

  public static final Growing NOTHING = new Growing(List.of(), List.of(), List.of());

  public Growing {
    threads = List.copyOf(threads);
    descriptors = List.copyOf(descriptors);
    children = List.copyOf(children);
  }
}
