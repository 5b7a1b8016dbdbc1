package dev.hognose.leak;

import java.time.Instant;

/**
 * A leak as a process's own floors show it, without regard to other lives of its service.
 *
 * @param firedAt end of the bucket that showed it
 * @param growth as it was at the onset, with the latest slope
 */
public record OwnLeak(Instant firedAt, Growth growth) {}
