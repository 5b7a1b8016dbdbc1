package dev.hognose.diagnosis;

import java.time.Duration;

/**
 * When tasks are slow.
 *
 * @param age that one reached before it ended
 * @param tasks of the coroutine that are under way at least
 */
public record SlowTasksPolicy(Duration age, int tasks) {}
