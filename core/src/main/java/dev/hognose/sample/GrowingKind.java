package dev.hognose.sample;

/**
 * Threads, descriptors or children of one kind, of which there are more and more.
 *
 * @param kind their name; of descriptors {@code file}, {@code socket} or the like
 * @param count that there are
 * @param gained since there were fewest of all kinds together, as far back as the agent looks
 * @param folder that most files are in; empty when none has more than half, or they are no files
 */
public record GrowingKind(String kind, int count, int gained, String folder) {}
