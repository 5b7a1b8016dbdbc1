package dev.hognose.leak;

/**
 * Which rings, from the one before that which raised a leak, tell its slope and clear it.
 *
 * <p>In a ring that began long before the leak its slope is diluted: it may clear a leak in the
 * very bucket in which it fired.
 */
public enum Followers {
  /** As the reference has it. */
  ALL_WIDER_RINGS,
  /** The one that raised it and the one before, and wider ones once they hold nothing else. */
  RINGS_WITHIN_THE_LEAK
}
