package dev.hognose.diagnosis;

/**
 * When threads are in each other's way.
 *
 * @param waitSeconds for the GIL, on average, each time that the agent's watchdog came for it while
 *     the process had a processor: a thread that computes half of the time is in the way half of
 *     the times
 * @param windowShare of that in each window at least: in a window are few looks, in all together
 *     enough for the mean, and one long hold of the GIL is no contention
 * @param cores that the process uses at least
 * @param threadCores that the busiest threads of one name use at least
 * @param runQueue seconds in line for a processor for each second with one, at most: above that the
 *     machine is short of processors
 * @param windows in each of which it uses so much
 */
public record GilPolicy(
    double waitSeconds,
    double windowShare,
    double cores,
    double threadCores,
    double runQueue,
    int windows) {}
