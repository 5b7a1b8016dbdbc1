package dev.hognose.sample;

import java.time.Duration;

/** Processor time, and time spent waiting for a processor, of all threads with one name. */
public record ThreadCpu(String name, Duration cpu, Duration runQueue) {}
