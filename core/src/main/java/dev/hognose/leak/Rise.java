package dev.hognose.leak;

/**
 * Floors of one channel that passed every trend test.
 *
 * @param slope KiB per bucket of the level
 * @param growth KiB over the level's floors
 * @param tau Kendall's
 */
record Rise(double slope, double growth, double tau) {}
