package dev.hognose.leak;

/**
 * A change of mind about one process of a service.
 *
 * @param place of the process, as its observations name it
 * @param stand against what other lives have shown, when it was made
 * @param peersSharing processes of the service that something rises in, this one included
 */
public record ServiceEvent(String place, LeakEvent event, Stand stand, int peersSharing) {}
