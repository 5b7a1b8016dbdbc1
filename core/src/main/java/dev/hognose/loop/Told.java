package dev.hognose.loop;

import java.time.Duration;
import java.time.Instant;

/**
 * What was last said about an episode.
 *
 * @param id of the alert
 * @param worst the longest block's duration
 * @param lasting the longest block had not ended
 * @param updatedAt of the alert
 */
public record Told(
    String id,
    long blocks,
    int processes,
    Duration worst,
    boolean lasting,
    boolean resolved,
    Instant updatedAt) {}
