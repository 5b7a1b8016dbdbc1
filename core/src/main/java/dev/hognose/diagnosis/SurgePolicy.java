package dev.hognose.diagnosis;

/**
 * When exceptions surge.
 *
 * @param least exceptions within the last windows
 * @param times the usual rate
 * @param windows that are held against the usual
 * @param pastWindows that must have been seen before them
 * @param memory share of the usual rate that a window makes anew
 */
public record SurgePolicy(
    double least, double times, int windows, int pastWindows, double memory) {}
