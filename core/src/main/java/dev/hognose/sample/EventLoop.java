package dev.hognose.sample;

import java.time.Duration;

/**
 * One event loop of the process.
 *
 * @param name unique in the process
 * @param kind {@code asyncio} or {@code uvloop}
 * @param lag how late callbacks ran that were due
 * @param blocked time in loop blocks since the process started
 */
public record EventLoop(String name, String kind, Histogram lag, Duration blocked, int tasks) {}
