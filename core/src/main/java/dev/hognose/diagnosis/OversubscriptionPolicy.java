package dev.hognose.diagnosis;

/**
 * When native pools are too large.
 *
 * @param times the quota's cores
 * @param cores that the process uses at least: a pool that rests is in nobody's way
 * @param runQueue seconds in line for each second with a processor, or
 * @param throttled share of the time
 * @param windows in each of which that must be so
 */
public record OversubscriptionPolicy(
    double times, double cores, double runQueue, double throttled, int windows) {}
