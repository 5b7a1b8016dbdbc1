package dev.hognose.diagnosis;

/**
 * When reference cycles are worth breaking.
 *
 * @param objects that a collection of the oldest generation frees, on average
 * @param collections that must have been seen
 * @param kept objects more in {@code gc.garbage}, or uncollectable
 * @param windows that are looked at together
 */
public record CyclesPolicy(double objects, int collections, double kept, int windows) {}
