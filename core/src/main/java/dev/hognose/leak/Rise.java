package dev.hognose.leak;

/**
 * Floors of one channel that passed every trend test.
 *
 * @param slope KiB per bucket of the level
 * @param growth KiB over the level's floors
 * @param tau Kendall's
 * @param evenness slope of the second half against the first: 1 grows on, .5 nears its plateau
 */
record Rise(double slope, double growth, double tau, double evenness) {}
