package dev.hognose.collector.page;

/**
 * What is asked for and not here.
 *
 * @param notice why this is not all of the fleet, empty when it is
 */
record MissingPage(String notice, String sentence) {}
