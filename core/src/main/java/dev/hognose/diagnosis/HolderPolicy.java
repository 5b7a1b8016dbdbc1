package dev.hognose.diagnosis;

/**
 * When a container that grows is worth telling.
 *
 * @param entries that it has at least
 * @param growthPerHour of its entries at least
 */
public record HolderPolicy(long entries, double growthPerHour) {}
