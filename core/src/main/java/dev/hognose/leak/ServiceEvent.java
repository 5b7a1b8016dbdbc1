package dev.hognose.leak;

/**
 * A change of mind about one process of a service.
 *
 * @param place of the process, as its observations name it
 */
public record ServiceEvent(String place, LeakEvent event) {}
