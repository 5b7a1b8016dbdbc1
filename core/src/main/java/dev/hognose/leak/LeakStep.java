package dev.hognose.leak;

/**
 * What a reading led to.
 *
 * @param state to judge the next reading with
 */
public record LeakStep(LeakState state, Outcome outcome) {}
